package schemas

import "fmt"

// BodyNames reads the names that bodies of the embedded register go by,
// besides their official ones: body_aliases.csv, and body_names.csv, whose
// names are narrow.
func BodyNames() ([]BodyName, error) {
	var list []BodyName
	for _, name := range []string{"body_aliases", "body_names"} {
		file, err := codelists.Open("codelists/" + name + ".csv")
		if err != nil {
			return nil, err
		}
		defer file.Close()
		lines, err := readLines(file, name, []string{"alias", "id", "from", "to"})
		if err != nil {
			return nil, fmt.Errorf("codelists/%s.csv: %w", name, err)
		}
		for _, l := range lines {
			from, to, err := l.span()
			if err != nil {
				return nil, fmt.Errorf("codelists/%s.csv: %w", name, err)
			}
			list = append(list, BodyName{l.cell("alias"), l.cell("id"), from, to, name == "body_names"})
		}
	}
	return list, nil
}
