package schemas

// Reported is the duty of payments of a body that another publisher reports,
// such as a list of sales to it. It is told of each line, by who answers for
// the body, and is no publisher's own. What stands under it is in no total of
// what bodies, suppliers and categories come to, unless it is asked for by name.
const Reported = "REPORTED"

// Duties lists the codes that a publisher may publish under, in the order of
// codelists/duties.csv: all but Reported.
func Duties() ([]string, error) {
	list, err := Codelist("duties")
	var codes []string
	for _, entry := range list {
		if entry["duty"] != Reported {
			codes = append(codes, entry["duty"])
		}
	}
	return codes, err
}
