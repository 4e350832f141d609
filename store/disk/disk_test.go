package disk

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func TestWriteReplacesWholeOrNotAtAll(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "folder", "file")
	say := func(text string, err error) error {
		return Write(path, func(w io.Writer) error {
			_, failed := io.WriteString(w, text)
			return errors.Join(failed, err)
		})
	}
	if err := say("one", nil); err != nil {
		t.Fatal(err)
	}
	stop := errors.New("stop")
	if err := say("two", stop); !errors.Is(err, stop) {
		t.Fatalf("the error is swallowed: %v", err)
	}
	if text, _ := os.ReadFile(path); string(text) != "one" {
		t.Errorf("the file holds %q", text)
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("beside the file there are %v", left)
	}
}

func TestSweepTakesOnlyWhatNobodyWrites(t *testing.T) {
	folder := t.TempDir()
	if err := Sweep(filepath.Join(folder, "absent")); err != nil {
		t.Fatal(err)
	}
	open, err := Temp(folder)
	if err != nil {
		t.Fatal(err)
	}
	left, err := Temp(folder)
	if err != nil {
		t.Fatal(err)
	}
	left.Close() // as when its process has ended
	if err := Sweep(folder); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(open.Name()); err != nil {
		t.Errorf("a file that is being written is gone: %v", err)
	}
	if _, err := os.Stat(left.Name()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that was left is still there: %v", err)
	}
}
