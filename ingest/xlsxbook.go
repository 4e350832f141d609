package ingest

import (
	"fmt"
	"path"
	"strings"
)

// xlsxBook is what a workbook's small parts say.
type xlsxBook struct {
	epoch1904 bool
	sheets    []xlsxSheet
	dates     []bool // by cell style: it shows a date
	texts     sharedTexts
}

type xlsxSheet struct {
	name, id, part string
	hidden         bool
}

// relation is a line of a .rels part: what kind, and which part.
type relation struct{ id, kind, target string }

func readXLSXBook(a *archive) (*xlsxBook, error) {
	name, err := xlsxMain(a)
	if err != nil {
		return nil, err
	}
	if strings.HasSuffix(name, ".bin") {
		return nil, refusal("unreadable", "The file is a binary Excel workbook (.xlsb). Open it in Excel, save it as Excel Workbook (.xlsx) or CSV and send that.")
	}
	book := &xlsxBook{}
	if err := book.readMain(a, name); err != nil {
		return nil, err
	}
	relations, err := readRelations(a, name)
	if err != nil {
		return nil, err
	}
	if err := book.resolveSheets(a, relations); err != nil {
		return nil, err
	}
	return book, book.readShared(a, name, relations)
}

// xlsxMain finds the workbook's main part by the package's relations, else in
// its usual place.
func xlsxMain(a *archive) (string, error) {
	relations, err := readRelations(a, "")
	if err != nil {
		return "", err
	}
	for _, r := range relations {
		if r.kind == "officeDocument" && a.has(r.target) {
			return r.target, nil
		}
	}
	for _, name := range []string{"xl/workbook.xml", "xl/workbook.bin"} {
		if a.has(name) {
			return name, nil
		}
	}
	return "", refusal("unreadable", "The file is a zip package without a workbook inside. Send the payments as .xlsx, .ods or CSV.")
}

// readRelations reads what part points to; targets are made whole names.
func readRelations(a *archive, part string) ([]relation, error) {
	dir, file := path.Split(part)
	name := dir + "_rels/" + file + ".rels"
	if !a.has(name) {
		return nil, nil
	}
	var all []relation
	err := a.scan(name, func(s *xmlScanner) error {
		if string(s.name) != "Relationship" || s.attr("TargetMode") == "External" {
			return nil
		}
		target := strings.ReplaceAll(s.attr("Target"), `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = dir + target
		}
		all = append(all, relation{s.attr("Id"), path.Base(s.attr("Type")), partName(target)})
		return nil
	})
	return all, err
}

// scan calls visit at every start of an element in a part.
func (a *archive) scan(name string, visit func(*xmlScanner) error) error {
	in, err := a.open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	s, err := newPartScanner(in)
	if err != nil {
		return fault("The part "+name, err)
	}
	depth := 0
	for kind := s.next(); kind != xmlEOF; kind = s.next() {
		switch kind {
		case xmlEnd:
			depth--
		case xmlStart:
			depth++
			if err := visit(s); err != nil {
				return err
			}
		}
	}
	if depth > 0 {
		return fault("The part "+name, s.cut())
	}
	return fault("The part "+name, s.fault())
}

func (book *xlsxBook) readMain(a *archive, name string) error {
	return a.scan(name, func(s *xmlScanner) error {
		switch string(s.name) {
		case "workbookPr":
			// An extension may hold a second workbookPr without this.
			book.epoch1904 = book.epoch1904 || xmlTrue(s.attr("date1904"))
		case "sheet":
			state := s.attr("state")
			book.sheets = append(book.sheets, xlsxSheet{
				name: s.attr("name"), id: s.attr("id"),
				hidden: state == "hidden" || state == "veryHidden",
			})
			if len(book.sheets) > a.limits.Entries {
				return overLimit("the workbook", fmt.Sprintf("%d sheets", a.limits.Entries))
			}
		}
		return nil
	})
}

func xmlTrue(v string) bool { return v == "1" || v == "true" || v == "on" }

// resolveSheets finds each sheet's part and drops those that have no cells of
// their own (charts, macros, dialogues) or that the package does not hold. Two
// that share a part would count its rows twice.
func (book *xlsxBook) resolveSheets(a *archive, relations []relation) error {
	taken := map[string]bool{}
	parts := map[string]relation{}
	for _, r := range relations {
		parts[r.id] = r
	}
	kept := book.sheets[:0]
	for _, s := range book.sheets {
		r, ok := parts[s.id]
		if !ok || r.kind != "worksheet" || !a.has(r.target) {
			continue
		}
		if taken[r.target] {
			return refusal("unreadable", "The workbook lists the same cells as two sheets (%q is the second). Open it in Excel, save it again and send that.", s.name)
		}
		taken[r.target] = true
		s.part = r.target
		kept = append(kept, s)
	}
	book.sheets = kept
	return nil
}

// readShared reads the styles and the shared texts.
func (book *xlsxBook) readShared(a *archive, name string, relations []relation) error {
	styles, texts := "", ""
	for _, r := range relations {
		switch r.kind {
		case "styles":
			styles = r.target
		case "sharedStrings":
			texts = r.target
		}
	}
	dir := path.Dir(name)
	if styles == "" {
		styles = dir + "/styles.xml"
	}
	if texts == "" {
		texts = dir + "/sharedstrings.xml"
	}
	if a.has(styles) {
		if err := book.readStyles(a, styles); err != nil {
			return err
		}
	}
	if !a.has(texts) {
		return nil
	}
	return book.texts.read(a, texts)
}
