package schemas

import (
	"fmt"
	"strings"
)

// Blank stands in a command for what a person is to fill in.
const Blank = "…"

// OverrideCommand writes the command that overrides a judgement of a line,
// payee or entity: parts are flags with their values, and who says so and why
// are left blank.
func OverrideCommand(what string, parts ...[2]string) string {
	command := "commonspend override " + what
	for _, part := range append(parts, [2]string{"by", Blank}, [2]string{"why", Blank}) {
		command += " --" + part[0] + " " + ShellWord(part[1])
	}
	return command
}

// ShellWord quotes a text for a shell: characters that Shown would write out,
// which could act on a terminal or are not seen there, by their octal numbers.
func ShellWord(text string) string {
	if !strings.ContainsFunc(text, hidden) {
		return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\'' || r == '\\':
			b.WriteString(`\` + string(r))
		case hidden(r):
			for _, octet := range []byte(string(r)) {
				fmt.Fprintf(&b, `\%03o`, octet)
			}
		default:
			b.WriteRune(r)
		}
	}
	return "$'" + b.String() + "'"
}
