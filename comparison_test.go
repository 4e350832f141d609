package main

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"commonspend/compare/comparison"
	"commonspend/compare/peer"
)

// TestComparisonShapesAreDocumented finds every key of what the comparing
// commands write as JSON in docs/compare.md.
func TestComparisonShapesAreDocumented(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("docs", "compare.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, result := range []any{comparison.Comparison{}, comparison.Peers{}, comparison.Basis{}, comparison.Excluded{}, comparison.Measured{},
		comparison.Benchmark{}, comparison.Buying{}, comparison.Buyer{}, comparison.Seller{}, comparison.Tail{}, comparison.Row{},
		peersResult{}, peer.Body{}, peer.Feature{}, peer.Candidate{}, peer.LeftOut{}, reproduced{}, publishedFile{}} {
		shape := reflect.TypeOf(result)
		for i := range shape.NumField() {
			key, _, _ := strings.Cut(shape.Field(i).Tag.Get("json"), ",")
			if key != "" && key != "-" && !strings.Contains(string(text), "`"+key+"`") {
				t.Errorf("docs/compare.md does not show the key %q of %s", key, shape)
			}
		}
	}
}
