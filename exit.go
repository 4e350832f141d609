package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"commonspend/publish"
	"commonspend/store"
	"commonspend/store/ledger"

	"golang.org/x/sys/unix"
)

// Exit codes, as every command's help lists them.
const (
	exitFine          = 0
	exitRefused       = 1
	exitUsage         = 2
	exitConfiguration = 3
	exitInputOutput   = 4
	exitLocked        = 5
	exitIntegrity     = 6
	exitLimit         = 7
	exitInterrupted   = 130
)

// refusedError says that files were refused; everything else was done.
type refusedError struct {
	count int
	limit string // what the first says that was refused for passing a limit; "" where none was
}

func (r *refusedError) Error() string {
	text := plural(r.count, "1 file was refused", "{n} files were refused")
	if r.limit != "" {
		text += "; a limit was passed by " + strings.TrimSuffix(r.limit, ".")
	}
	return text
}

// integrityError says that what is kept does not agree with itself.
type integrityError struct{ text string }

func (i *integrityError) Error() string { return i.text }

// finish tells of an error, in one plain sentence, and returns its exit code.
func (a *app) finish(ctx context.Context, err error) int {
	if err == nil {
		return exitFine
	}
	code := exitCode(ctx, err)
	if code == exitInterrupted {
		err = errors.New("interrupted: what was acknowledged is kept, and the next run goes on from there")
	}
	if isDiskFull(err) {
		err = fmt.Errorf("the disk that holds %s is full: free some space and run the same command again; what was acknowledged is kept (%w)", a.dir, err)
	}
	if a.json {
		told := map[string]any{"error": err.Error(), "exit_code": code}
		var check *publish.CheckError
		if errors.As(err, &check) {
			told["problems"] = check.Problems
		}
		text, _ := json.Marshal(told)
		fmt.Fprintln(a.err, string(text))
		return code
	}
	fmt.Fprintln(a.err, "commonspend: "+strings.ReplaceAll(err.Error(), "\n", "; "))
	if code == exitUsage {
		fmt.Fprintln(a.err, "`commonspend --help` lists the commands, `commonspend COMMAND --help` shows examples.")
	}
	return code
}

func exitCode(ctx context.Context, err error) int {
	var refused *refusedError
	var locked *store.Locked
	switch {
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.As(err, &refused) && refused.limit != "":
		return exitLimit
	case errors.As(err, &refused), is[*notComparable](err), is[*refusedRegister](err):
		return exitRefused
	case is[*usageError](err):
		return exitUsage
	case is[*configError](err):
		return exitConfiguration
	case errors.As(err, &locked):
		return exitLocked
	case isDiskFull(err):
		return exitInputOutput
	case is[*ledger.Damage](err), is[*store.Imbalance](err), is[*store.Unopenable](err), is[*integrityError](err), is[*publish.CheckError](err):
		return exitIntegrity
	}
	return exitInputOutput
}

func is[E error](err error) bool {
	var target E
	return errors.As(err, &target)
}

// isDiskFull tells a full disk from other trouble. DuckDB hands on the system's
// error as text only.
func isDiskFull(err error) bool {
	return strings.Contains(strings.ToLower(err.Error()), unix.ENOSPC.Error())
}

// plural picks the sentence for a number and puts the number in.
func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return strings.ReplaceAll(many, "{n}", thousands(int64(n)))
}

// thousands writes a count as people read it: 1,234,567.
func thousands(n int64) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
