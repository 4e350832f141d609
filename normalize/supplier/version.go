package supplier

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"commonspend/schemas"
)

// method counts the changes to how payees are resolved that the rules' files
// do not show; it is part of Version.
const method = 7

// Version names the rules by which payees are resolved: twelve hex digits that
// change whenever the rules' files, the sizes or the method do.
func Version() (string, error) {
	sum := sha256.New()
	fmt.Fprintln(sum, method)
	sizes, err := AccountSizes()
	if err != nil {
		return "", err
	}
	for _, category := range slices.Sorted(maps.Keys(sizes)) {
		fmt.Fprintln(sum, category, sizes[category])
	}
	err = fs.WalkDir(ruleFiles, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := ruleFiles.ReadFile(path)
		fmt.Fprintln(sum, path, len(text))
		sum.Write(text)
		return err
	})
	return hex.EncodeToString(sum.Sum(nil)[:6]), err
}

// AccountSizes reads which category of accounts says that a company is Small or
// NotSmall; of those that are not in it nothing can be said.
func AccountSizes() (map[string]string, error) {
	list, err := schemas.Codelist("account_sizes")
	if err != nil {
		return nil, err
	}
	sizes := make(map[string]string, len(list))
	for i, line := range list {
		if size := line["size"]; size != Small && size != NotSmall {
			return nil, fmt.Errorf("codelists/account_sizes.csv line %d: the size is %q or %q, not %q", i+2, Small, NotSmall, size)
		}
		sizes[line["category"]] = line["size"]
	}
	return sizes, nil
}
