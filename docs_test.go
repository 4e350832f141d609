package main

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"commonspend/publish"
)

func commandsText(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("docs", "commands.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestCommandsAreDocumented holds the table of commands, and that of exit
// codes, to the program.
func TestCommandsAreDocumented(t *testing.T) {
	text := commandsText(t)
	listed := map[string]bool{}
	for _, row := range regexp.MustCompile("(?m)^\\| `([a-z]+)[ `]").FindAllStringSubmatch(text, -1) {
		listed[row[1]] = true
	}
	for _, command := range (&app{}).commands().Commands() {
		if !listed[command.Name()] {
			t.Errorf("docs/commands.md does not list %s", command.Name())
		}
		if command.Example == "" {
			t.Errorf("%s --help has no example", command.Name())
		}
		delete(listed, command.Name())
	}
	for name := range listed {
		t.Errorf("docs/commands.md lists %s, which is no command", name)
	}
	for _, code := range []int{exitFine, exitRefused, exitUsage, exitConfiguration, exitInputOutput, exitLocked, exitIntegrity, exitLimit, exitInterrupted} {
		if !strings.Contains(text, fmt.Sprintf("\n| %d | ", code)) {
			t.Errorf("docs/commands.md does not tell of exit code %d", code)
		}
	}
}

// TestShapesAreDocumented finds every key of what the commands write as JSON.
func TestShapesAreDocumented(t *testing.T) {
	_, text, _ := strings.Cut(commandsText(t), "\n## JSON\n")
	for _, result := range []any{ingestResult{}, fileResult{}, compareResult{}, compareResult{}.Rows, publishResult{}, publish.Withheld{},
		verifyResult{}, finding{}, servingResult{}, datasetsResult{}} {
		shape := reflect.TypeOf(result)
		for i := range shape.NumField() {
			key, _, _ := strings.Cut(shape.Field(i).Tag.Get("json"), ",")
			if key != "" && !strings.Contains(text, `"`+key+`"`) {
				t.Errorf("docs/commands.md does not show the key %q of %s", key, shape)
			}
		}
	}
}
