package fault

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// The test binary is also the program that is traced: a small one whose calls
// are known. Its argument is the folder it works in.
const programVariable = "FAULT_TEST_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(programVariable) == "" {
		os.Exit(m.Run())
	}
	Traced(func() {
		if err := program(os.Args[1]); err != nil {
			fmt.Println("failed:", err)
			os.Exit(4)
		}
	})()
	os.Exit(0)
}

// program makes seven calls that count: openat, write, fsync, renameat, and
// the same but renameat for a second file, in another thread.
func program(folder string) error {
	done := make(chan error)
	go func() {
		err := put(filepath.Join(folder, "new"), "first ")
		if err == nil {
			err = os.Rename(filepath.Join(folder, "new"), filepath.Join(folder, "one"))
		}
		done <- err
	}()
	if err := <-done; err != nil {
		return err
	}
	fmt.Println("a write elsewhere does not count")
	return put(filepath.Join(folder, "two"), "second")
}

func put(path, text string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	if _, err := file.WriteString(text); err != nil {
		return err
	}
	return file.Sync()
}

// run runs the program in a new folder.
func run(t *testing.T, at int, do Action) (Result, string) {
	t.Helper()
	folder := t.TempDir()
	result, err := Run(Command{Path: os.Args[0], Args: []string{folder}, Env: append(os.Environ(), programVariable+"=1"), Under: folder, At: at, Do: do})
	if errors.Is(err, ErrUnavailable) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if result.Hung {
		t.Fatal("it hangs")
	}
	return result, folder
}

func TestEveryCallIsCountedInOrder(t *testing.T) {
	result, _ := run(t, 0, Nothing)
	var names []string
	for _, call := range result.Calls {
		names = append(names, call.Name+" "+filepath.Base(call.Path))
	}
	want := []string{"openat new", "write new", "fsync new", "renameat one", "openat two", "write two", "fsync two"}
	if !slices.Equal(names, want) || result.Exit != 0 {
		t.Errorf("calls %q, exit %d", names, result.Exit)
	}
}

func TestActions(t *testing.T) {
	for _, c := range []struct {
		name     string
		at       int
		do       Action
		exit     int
		says     string
		one, two string // what the files hold; "-" where there is none
	}{
		{"a sync fails", 3, EIO, 4, "input/output error", "-", "-"},
		{"a rename fails", 4, EIO, 4, "input/output error", "-", "-"},
		{"the disk fills up", 2, Full, 4, "no space left", "-", "-"},
		{"it fills up where no space is needed", 4, Full, 4, "no space left", "first ", "-"},
		{"half is written, and the program goes on", 2, Short, 0, "", "first ", "second"},
		{"killed before the rename", 4, Kill, -1, "", "-", "-"},
		{"killed after the rename", 4, Torn, -1, "", "first ", "-"},
		{"killed in the middle of a write", 6, Torn, -1, "", "first ", "sec"},
		{"the call never comes", 99, Kill, 0, "", "first ", "second"},
	} {
		t.Run(c.name, func(t *testing.T) {
			result, folder := run(t, c.at, c.do)
			if result.Exit != c.exit || !strings.Contains(result.Output, c.says) || result.Met != (c.at < 99) {
				t.Errorf("exit %d, met %v, says %q", result.Exit, result.Met, result.Output)
			}
			if one, two := held(folder, "one"), held(folder, "two"); one != c.one || two != c.two {
				t.Errorf("one holds %q, two holds %q", one, two)
			}
		})
	}
}

func held(folder, name string) string {
	text, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		return "-"
	}
	return string(text)
}

// TestKilledAtAMoment kills a program that never ends by itself.
func TestKilledAtAMoment(t *testing.T) {
	folder := t.TempDir()
	command := Command{Path: "/bin/sleep", Args: []string{"60"}, Under: folder, Kill: 50 * time.Millisecond}
	result, err := Run(command)
	if errors.Is(err, ErrUnavailable) {
		t.Skip(err)
	}
	if err != nil || result.Exit != -1 || result.Hung {
		t.Errorf("%+v, %v", result, err)
	}
	command.Kill, command.Limit = 0, 50*time.Millisecond
	if result, err = Run(command); err != nil || !result.Hung {
		t.Errorf("%+v, %v", result, err)
	}
}
