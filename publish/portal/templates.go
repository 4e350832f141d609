package portal

import (
	"embed"
	"fmt"
	"html/template"
	"path"
	"strings"
)

//go:embed templates/*.html
var pages embed.FS

// loadTemplates parses each page with the layout and the parts that pages share.
func loadTemplates() (map[string]*template.Template, error) {
	names, err := pages.ReadDir("templates")
	if err != nil {
		return nil, err
	}
	shared, err := template.New("").Funcs(functions()).ParseFS(pages, "templates/layout.html", "templates/parts.html")
	if err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	loaded := map[string]*template.Template{}
	for _, entry := range names {
		clone, err := shared.Clone()
		if err != nil {
			return nil, err
		}
		if _, err := clone.ParseFS(pages, path.Join("templates", entry.Name())); err != nil {
			return nil, fmt.Errorf("templates: %w", err)
		}
		loaded[strings.TrimSuffix(entry.Name(), ".html")] = clone
	}
	return loaded, nil
}

// functions are the words that templates put round numbers and text. They
// return plain text, which html/template escapes.
func functions() template.FuncMap {
	return template.FuncMap{
		"shown": shown, "cut": cut, "short": short,
		"count": count, "counted": counted, "pounds": pounds, "headline": headline, "size": size,
		"letters": columnLetters, "kind": kindWords, "key": keyWords,
		"payee": payeeWords, "sector": sectorWords, "status": statusWords, "outcome": outcomeWords,
		"vat": vatWords, "duty": dutyWords, "datekind": dateKindWords,
		"scope": scopeWords, "supplierkind": supplierKindWords, "figure": drawFigure, "confidence": confidenceWords,
	}
}
