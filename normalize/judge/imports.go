package judge

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
	"unicode/utf8"

	"commonspend/normalize/supplier"
	"commonspend/normalize/supplier/registry"
	"commonspend/schemas"
)

// Registers lists what can be imported to judge by.
func Registers() []string { return []string{"companies", "charities", "nhs", "bodies", "denominators"} }

// registries are those that payees are looked up in, as registry calls them.
var registries = map[string]registry.Kind{"companies": registry.Companies, "charities": registry.Charities, "nhs": registry.Bodies}

// RegisterFile is a register that was imported, as the ledger keeps it.
type RegisterFile struct{ Register, Path, Version string }

// Imported is what was imported beside the embedded register: the latest of each.
type Imported struct {
	Bodies       []schemas.Body
	Denominators []schemas.Denominator
	Registries   []RegisterFile // that payees are looked up in
	Version      string         // of bodies and denominators; "" for none
}

// Import opens what was imported. Registries of payees are read when payees
// are resolved, and not before.
func Import(files []RegisterFile) (Imported, error) {
	var all Imported
	for _, file := range files {
		if _, ok := registries[file.Register]; ok {
			all.Registries = append(all.Registries, file)
			continue
		}
		all.Version += "+" + file.Register + file.Version
		if err := all.read(file.Register, file.Path); err != nil {
			return Imported{}, fmt.Errorf("the imported %s: %w", file.Register, err)
		}
	}
	return all, nil
}

// CheckRegister reads a file through as a register, and counts its entries.
func CheckRegister(register, path string) (int, error) {
	if kind, ok := registries[register]; ok {
		return registry.Check(kind, path)
	}
	var all Imported
	if err := all.read(register, path); err != nil {
		return 0, err
	}
	return len(all.Bodies) + len(all.Denominators), nil
}

// read reads bodies or denominators.
func (i *Imported) read(register, path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if !utf8.Valid(text) {
		return errors.New("the file is not UTF-8: save it as CSV UTF-8")
	}
	file := bytes.NewReader(text)
	known, err := schemas.Bodies()
	if err != nil {
		return err
	}
	if register == "bodies" {
		i.Bodies, err = readBodies(file, known)
		return err
	}
	i.Denominators, err = schemas.ReadDenominators(file)
	return err
}

func readBodies(file io.Reader, known []schemas.Body) ([]schemas.Body, error) {
	ids := make([]string, len(known))
	for n, b := range known {
		ids[n] = b.ID
	}
	return schemas.ReadBodies(file, ids...)
}

// entries streams the entries of the registries; what stops it is in failed.
func (i Imported) entries(ctx context.Context, failed *error) iter.Seq[supplier.Entry] {
	return func(yield func(supplier.Entry) bool) {
		for _, file := range i.Registries {
			_, err := registry.Read(registries[file.Register], file.Path, func(e supplier.Entry) error {
				if !yield(e) {
					return errEnough
				}
				return ctx.Err()
			})
			if errors.Is(err, errEnough) {
				return
			}
			if err != nil {
				*failed = fmt.Errorf("the imported %s: %w", file.Register, err)
				return
			}
		}
	}
}

var errEnough = errors.New("enough")

// payeesVersion names the rules and registries that payees are resolved by.
func (i Imported) payeesVersion() (string, error) {
	version, err := supplier.Version()
	parts := []string{version}
	for _, file := range i.Registries {
		parts = append(parts, file.Register+file.Version)
	}
	return strings.Join(parts, "+"), err
}
