package schemas

import (
	"os/exec"
	"testing"
)

// TestShellWord has a shell read each word back, and holds what is printed to
// be safe to look at.
func TestShellWord(t *testing.T) {
	for text, want := range map[string]string{
		"":                      "''",
		"Hollin Paving Ltd":     "'Hollin Paving Ltd'",
		"O'Hare's $(x) `y` \\n": `'O'\''Hare'\''s $(x) ` + "`y` \\n'",
		"bell\a 'n' \\ Ltd":     `$'bell\007 \'n\' \\ Ltd'`,
		"two\nlines":            `$'two\012lines'`,
		"turned\u202eround":     `$'turned\342\200\256round'`,
	} {
		got := ShellWord(text)
		if got != want || Shown(got) != got {
			t.Errorf("%q is quoted as %s, not %s", text, got, want)
		}
		if out, err := exec.Command("bash", "-c", "printf %s "+got).Output(); err != nil || string(out) != text {
			t.Errorf("a shell reads %s as %q (%v), not %q", got, out, err, text)
		}
	}
}

func TestOverrideCommand(t *testing.T) {
	got := OverrideCommand("payee", [2]string{"payee", "O'Hare"}, [2]string{"same-as", Blank})
	if want := `commonspend override payee --payee 'O'\''Hare' --same-as '…' --by '…' --why '…'`; got != want {
		t.Errorf("the command is %s, not %s", got, want)
	}
}
