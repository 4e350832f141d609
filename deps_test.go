package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// mayImport says which of our packages each of our packages may import. It is
// the design: do not change it to make a build pass.
var mayImport = map[string][]string{
	"schemas":                     {},
	"store":                       {"schemas", "store/disk", "store/ledger"},
	"store/disk":                  {},
	"store/ledger":                {"schemas", "store/disk"},
	"ingest":                      {"schemas", "store"},
	"normalize":                   {"schemas", "store"},
	"normalize/category":          {"schemas"},
	"normalize/supplier":          {"schemas"},
	"normalize/supplier/registry": {"normalize/supplier"},
	"normalize/body":              {"schemas"},
	"normalize/judge":             {"schemas", "store", "normalize/category", "normalize/supplier", "normalize/supplier/registry", "normalize/body"},
	"compare":                     {"schemas", "store"},
	"compare/indicator":           {"store"},
	"compare/peer":                {"schemas", "store"},
	"compare/comparison":          {"schemas", "store", "compare/peer", "compare/indicator"},
	"publish":                     {"schemas", "store", "store/disk"},
	"publish/filter":              {"schemas", "store"},
	"publish/portal":              {"schemas", "store", "publish", "publish/filter", "publish/portal/chart"},
	"publish/api":                 {"schemas", "store", "publish", "publish/filter"},
	"publish/dataset":             {"schemas", "store", "store/disk", "publish", "publish/filter"},
	"publish/portal/chart":        {"schemas"},
	"publish/receipt":             {"schemas"},
	"demo":                        {"schemas", "ingest", "normalize", "normalize/category", "normalize/supplier", "compare", "publish"},
	"evaluate/planted":            {"schemas", "store", "demo", "compare/comparison", "compare/peer"},
}

// mayOpenDuckDB are the packages that may import the driver; bench runs it as a peer.
var mayOpenDuckDB = map[string]bool{"store": true, "bench": true, "evaluate": true}

func TestImports(t *testing.T) {
	for _, file := range sources(t) {
		folder := path.Dir(file)
		test := strings.HasSuffix(file, "_test.go")
		for _, imported := range imports(t, file) {
			if strings.Contains(imported, "duckdb-go") && !mayOpenDuckDB[folder] && !test {
				t.Errorf("%s imports %s: only store knows DuckDB", file, imported)
			}
			ours, isOurs := strings.CutPrefix(imported, "commonspend/")
			if !isOurs || folder == "." || folder == "bench" || folder == "evaluate" || folder == "fault" || folder == "normalize/category/train" {
				continue
			}
			if !allowed(folder, ours) {
				t.Errorf("%s imports %s, which %s may not", file, ours, folder)
			}
		}
		if folder == "schemas" && !test {
			checkStandard(t, file)
		}
	}
}

func allowed(folder, ours string) bool {
	for _, name := range mayImport[folder] {
		if name == ours {
			return true
		}
	}
	return false
}

// checkStandard holds schemas to the standard library, whose paths have no dot
// in their first element.
func checkStandard(t *testing.T, file string) {
	for _, imported := range imports(t, file) {
		first, _, _ := strings.Cut(imported, "/")
		if strings.Contains(first, ".") || first == "commonspend" {
			t.Errorf("%s imports %s: schemas takes the standard library only", file, imported)
		}
	}
}

// TestHouseSizes holds files to 400 lines. A file that must be longer says why
// in its first lines, after the words "longer than 400 lines".
func TestHouseSizes(t *testing.T) {
	for _, file := range sources(t) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Count(string(text), "\n")
		if lines > 400 && !strings.Contains(string(text), "longer than 400 lines") {
			t.Errorf("%s has %d lines", file, lines)
		}
	}
}

// TestHouseFunctions holds functions to 40 lines, from the line of their name to
// that of their closing brace. A longer one says why in its doc, after the words
// "longer than 40 lines".
func TestHouseFunctions(t *testing.T) {
	for _, file := range sources(t) {
		if strings.HasSuffix(file, "_test.go") {
			continue // tables of cases are long and simple
		}
		files := token.NewFileSet()
		parsed, err := parser.ParseFile(files, file, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, declared := range parsed.Decls {
			function, ok := declared.(*ast.FuncDecl)
			if !ok || strings.Contains(function.Doc.Text(), "longer than 40 lines") {
				continue
			}
			if lines := files.Position(function.End()).Line - files.Position(function.Pos()).Line; lines > 40 {
				t.Errorf("%s: %s has %d lines", file, function.Name.Name, lines)
			}
		}
	}
}

// TestHouseNames refuses folders named for nothing in particular.
func TestHouseNames(t *testing.T) {
	for _, file := range sources(t) {
		for _, folder := range strings.Split(path.Dir(file), "/") {
			switch folder {
			case "util", "utils", "common", "helpers", "models", "types", "pkg":
				t.Errorf("%s lies in a folder called %s", file, folder)
			}
		}
	}
}

// sources lists the Go files of the tree, read from the files themselves: the
// go command's own lists are cached from run to run.
func sources(t *testing.T) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "node_modules" || strings.HasPrefix(entry.Name(), ".") && path != "." || path == "bench/tools") {
			return fs.SkipDir
		}
		if strings.HasSuffix(path, ".go") {
			files = append(files, filepath.ToSlash(path))
		}
		return nil
	})
	if err != nil || len(files) == 0 {
		t.Fatalf("no Go files found: %v", err)
	}
	return files
}

func imports(t *testing.T, file string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, spec := range parsed.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, imported)
	}
	return paths
}
