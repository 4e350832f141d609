package schemas

import "testing"

func TestShown(t *testing.T) {
	for text, want := range map[string]string{
		"a\u202eb\x07c\nd":            "a[U+202E]b[U+0007]c d",
		"\x1b[31mred":                 "[U+001B][31mred",
		"x\u200by\ufeffz\u3164\ufe0f": "x[U+200B]y[U+FEFF]z[U+3164][U+FE0F]",
		"nul\x00l":                    "nul[U+0000]l",
		"no character \x9b2J":         "no character �2J",
		"café £5 — שלום 🧾 non\u00a0break": "café £5 — שלום 🧾 non\u00a0break",
	} {
		if got := Shown(text); got != want {
			t.Errorf("%q is shown as %q, not %q", text, got, want)
		}
	}
	if Cut(5, "abcdef") != "abcd…" || Cut(6, "abcdef") != "abcdef" || Cut(4, "ab\ncdef") != "ab…" {
		t.Error("text is cut elsewhere")
	}
}
