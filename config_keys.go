package main

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// parseConfig reads YAML and checks its keys and its shape against configFile,
// from top to bottom. It returns nil for a file that says nothing.
func parseConfig(path string, text []byte) (ast.Node, error) {
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return nil, yamlError(path, err)
	}
	var root ast.Node
	for _, document := range file.Docs {
		if document.Body == nil || document.Body.Type() == ast.CommentType {
			continue
		}
		if root != nil {
			return nil, placeError(path, firstToken(document.Body), "a second document begins here: a configuration is one document")
		}
		root = document.Body
	}
	if root == nil {
		return nil, nil
	}
	return root, checkShape(path, root, reflect.TypeFor[configFile](), "a configuration")
}

// checkShape holds a node against the type it fills. name is the key it
// stands under.
func checkShape(path string, node ast.Node, want reflect.Type, name string) error {
	switch found := node.(type) {
	case nil, *ast.NullNode:
		return nil
	case *ast.AnchorNode:
		return checkShape(path, found.Value, want, name)
	case *ast.AliasNode: // checked where its anchor stands, and by the decoder
		return nil
	}
	switch {
	case want == reflect.TypeFor[placed]():
		if _, ok := node.(ast.ScalarNode); !ok {
			return placeError(path, firstToken(node), fmt.Sprintf("%s takes one value, not a list or a block of keys", name))
		}
	case want.Kind() == reflect.Slice:
		return checkList(path, node, want.Elem(), name)
	case want.Kind() == reflect.Struct:
		return checkKeys(path, node, want, name)
	}
	return nil
}

func checkList(path string, node ast.Node, want reflect.Type, name string) error {
	list, ok := node.(*ast.SequenceNode)
	if !ok {
		return placeError(path, firstToken(node), fmt.Sprintf("%s takes a list: begin each entry with a dash", name))
	}
	for _, entry := range list.Values {
		if err := checkShape(path, entry, want, "an entry of "+name); err != nil {
			return err
		}
	}
	return nil
}

func checkKeys(path string, node ast.Node, want reflect.Type, name string) error {
	block, ok := node.(ast.MapNode)
	if !ok {
		return placeError(path, firstToken(node), fmt.Sprintf("%s takes a block of keys: %s", name, strings.Join(knownKeys(want), ", ")))
	}
	for entry := block.MapRange(); entry.Next(); {
		if entry.Key().IsMergeKey() {
			continue
		}
		key := scalarText(entry.Key())
		field, ok := fieldOf(want, key)
		if !ok {
			return placeError(path, entry.Key().GetToken(), unknownKey(key, knownKeys(want)))
		}
		if err := checkShape(path, entry.Value(), field.Type, key); err != nil {
			return err
		}
	}
	return nil
}

// firstToken is where a node begins: a block, at its first key.
func firstToken(node ast.Node) *token.Token {
	if block, ok := node.(ast.MapNode); ok {
		if entry := block.MapRange(); entry.Next() {
			return entry.Key().GetToken()
		}
	}
	return node.GetToken()
}

func fieldOf(block reflect.Type, key string) (reflect.StructField, bool) {
	for i := range block.NumField() {
		if field := block.Field(i); field.Tag.Get("yaml") == key {
			return field, true
		}
	}
	return reflect.StructField{}, false
}

func knownKeys(block reflect.Type) []string {
	var keys []string
	for i := range block.NumField() {
		keys = append(keys, block.Field(i).Tag.Get("yaml"))
	}
	return keys
}

func unknownKey(key string, known []string) string {
	return fmt.Sprintf("the key %q is not known: the nearest known here is %q", key, nearest(key, known))
}

func placeError(path string, at *token.Token, sentence string) error {
	if at == nil || at.Position == nil {
		return &configError{Path: path, Sentence: sentence}
	}
	return &configError{Path: path, Line: at.Position.Line, Column: at.Position.Column, Sentence: sentence}
}

// yamlError takes place and words from the YAML reader's error.
func yamlError(path string, err error) error {
	var positioned yaml.Error
	if errors.As(err, &positioned) {
		return placeError(path, positioned.GetToken(), "this is not YAML as it should be: "+positioned.GetMessage())
	}
	return &configError{Path: path, Sentence: "this is not YAML as it should be: " + err.Error()}
}

// nearest is the known word with the fewest changed, added, dropped or swapped
// letters; the earlier of equals.
func nearest(word string, known []string) string {
	best, fewest := "", -1
	for _, candidate := range known {
		if n := editDistance(strings.ToLower(word), strings.ToLower(candidate)); fewest < 0 || n < fewest {
			best, fewest = candidate, n
		}
	}
	return best
}

// editDistance counts single changes between two words; two neighbours
// swapped are one change. before, last and this are rows of its table.
func editDistance(a, b string) int {
	from, to := []rune(a), []rune(b)
	before, last, this := make([]int, len(to)+1), make([]int, len(to)+1), make([]int, len(to)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(from); i++ {
		this[0] = i
		for j := 1; j <= len(to); j++ {
			cost := 1
			if from[i-1] == to[j-1] {
				cost = 0
			}
			this[j] = min(last[j]+1, this[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && from[i-1] == to[j-2] && from[i-2] == to[j-1] {
				this[j] = min(this[j], before[j-2]+1)
			}
		}
		before, last, this = last, this, before
	}
	return last[len(to)]
}
