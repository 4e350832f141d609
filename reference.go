package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"commonspend/normalize/judge"
	"commonspend/schemas"
	"commonspend/store/ledger"

	"github.com/spf13/cobra"
)

func (a *app) referenceCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "reference",
		Short:   "Import registers to judge by: companies, charities, NHS organisations, public bodies, denominators",
		Example: "  commonspend reference import companies BasicCompanyDataAsOneFile-2026-11-01.zip --dated 2026-11-01\n  commonspend reference list",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.referenceImportCommand(), a.referenceListCommand())
	return cmd
}

func (a *app) referenceImportCommand() *cobra.Command {
	var dated, by string
	cmd := &cobra.Command{
		Use:   "import REGISTER FILE",
		Short: "Import a register; it takes the place of the last one of its kind",
		Example: `  commonspend reference import companies BasicCompanyDataAsOneFile-2026-11-01.zip
  commonspend reference import charities publicextract.charity.json --dated 2026-11-20
  commonspend reference import bodies our-bodies.csv --dated 2026-11-20
  commonspend reference import denominators beds.csv --dated 2026-11-20`,
		Long: `REGISTER is one of
  companies     Companies House's free company data product (CSV, or the zip of it)
  charities     the Charity Commission's register extract (JSON, or text with tabs)
  nhs           an NHS Organisation Data Service list (CSV without a header)
  bodies        public bodies, with the columns of schemas/codelists/bodies.csv
  denominators  what pounds are divided by: body, measure, year, value, source
All of the file is taken, or none. Its bytes are kept, and its date: the one in its
name, or the one given with --dated.`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.importReference(args[0], args[1], dated, by)
		},
	}
	cmd.Flags().StringVar(&dated, "dated", "", "the `day` its publisher made it, YYYY-MM-DD; else the one in its name")
	cmd.Flags().StringVar(&by, "by", "reference", "who imports it: a `name` for the journal")
	return cmd
}

// imported is what `reference import --json` writes, and an entry of `reference list --json`.
type imported struct {
	Register string    `json:"register"`
	Name     string    `json:"name"`
	Dated    string    `json:"dated"`
	Entries  int       `json:"entries"`
	SHA      string    `json:"sha256"`
	At       time.Time `json:"imported"`
}

// importReference imports a register from a file.
func (a *app) importReference(register, path, dated, by string) error {
	if !slices.Contains(judge.Registers(), register) {
		return &usageError{fmt.Sprintf("%q is no register that can be imported: it is one of %s", register, strings.Join(judge.Registers(), ", "))}
	}
	day, err := a.dayOf(dated, path)
	if err != nil {
		return err
	}
	l, err := ledger.Open(a.dir, a.now, a.random)
	if err != nil {
		return err
	}
	in, err := openFile(path)
	if err != nil {
		return errors.New(cannotRead(path, err))
	}
	defer in.Close()
	event, err := takeRegister(l, in, ledger.Imported{Register: register, Name: filepath.Base(path), Dated: day}, by)
	if err != nil {
		return err
	}
	result := imported{register, event.Name, day, event.Entries, event.SHA, a.now().UTC()}
	return a.writeResult(result, fmt.Sprintf("Imported %s %s, dated %s. The next compare or publish judges by them.\n", thousands(int64(event.Entries)), register, day))
}

// takeRegister keeps a register's bytes, reads them through, and journals it.
// The very bytes that count already are not journalled again.
func takeRegister(l *ledger.Ledger, in io.Reader, event ledger.Imported, by string) (ledger.Imported, error) {
	known, err := readState(l)
	if err != nil {
		return event, err
	}
	held, ok := known.imported[event.Register]
	if ok && held.Dated > event.Dated {
		return event, &usageError{fmt.Sprintf("the %s held are dated %s, which is later than %s: nothing was imported", event.Register, held.Dated, event.Dated)}
	}
	original, err := l.Keep(in)
	if err != nil {
		return event, err
	}
	if ok && held.SHA == original.SHA && held.Dated == event.Dated {
		return held, nil
	}
	event.SHA, event.Bytes = original.SHA, original.Bytes
	if event.Entries, err = judge.CheckRegister(event.Register, l.Path(original.SHA)); err != nil {
		return event, &refusedRegister{event.Name, err}
	}
	return event, l.Append(ledger.Event{By: by, Kind: "imported", Imported: &event})
}

// refusedRegister says why a file is not the register it was given as.
type refusedRegister struct {
	name string
	err  error
}

func (r *refusedRegister) Error() string {
	return fmt.Sprintf("%s: %s; nothing was imported", r.name, r.err)
}

func (r *refusedRegister) Unwrap() error { return r.err }

// dayOf is the day that a register was made: the one given, or the one in its name.
func (a *app) dayOf(dated, path string) (string, error) {
	if dated == "" {
		dated = dayIn(filepath.Base(path))
	}
	if dated == "" {
		return "", &usageError{"the name " + filepath.Base(path) + " has no date in it: give the day its publisher made it, --dated YYYY-MM-DD"}
	}
	day, err := schemas.ParseDate(dated)
	if err != nil {
		return "", &usageError{err.Error()}
	}
	if day > schemas.DateIn(a.now()) {
		return "", &usageError{fmt.Sprintf("%s is yet to come: --dated is the day the register was made", dated)}
	}
	return day.String(), nil
}

// dayIn finds YYYY-MM-DD in a name, or "".
func dayIn(name string) string {
	for i := 0; i+10 <= len(name); i++ {
		if _, err := schemas.ParseDate(name[i : i+10]); err == nil {
			return name[i : i+10]
		}
	}
	return ""
}

func (a *app) referenceListCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "List the registers that were imported",
		Example: "  commonspend reference list\n  commonspend reference list --json",
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return a.listReferences() },
	}
}

func (a *app) listReferences() error {
	l, err := a.existingLedger()
	if err != nil {
		return err
	}
	known, err := readState(l)
	if err != nil {
		return err
	}
	list := []imported{}
	var b strings.Builder
	for _, register := range judge.Registers() {
		if held, ok := known.imported[register]; ok {
			list = append(list, imported{register, held.Name, held.Dated, held.Entries, held.SHA, known.importedOn[register]})
			fmt.Fprintf(&b, "%-12s  dated %s  %s entries  %s\n", register, held.Dated, thousands(int64(held.Entries)), held.Name)
		}
	}
	if len(list) == 0 {
		b.WriteString("No register was imported; payees are resolved by what payments themselves say.\n")
	}
	return a.writeResult(list, b.String())
}

// importedRegisters opens what was imported, for the judges.
func (s state) importedRegisters(l *ledger.Ledger) (judge.Imported, error) {
	var files []judge.RegisterFile
	for _, register := range judge.Registers() {
		if held, ok := s.imported[register]; ok {
			if _, err := os.Stat(l.Path(held.SHA)); err != nil {
				return judge.Imported{}, &ledger.Damage{What: "the register " + held.Name, Why: "its bytes are gone: put them back, or import it again"}
			}
			files = append(files, judge.RegisterFile{Register: register, Path: l.Path(held.SHA), Version: strconv.Itoa(s.importedAs[register])})
		}
	}
	return judge.Import(files)
}
