package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"commonspend/publish/receipt"
	"commonspend/schemas"
)

func newTestChecker(t *testing.T, read func(context.Context, toCheck, *receipt.Checked) error) *checker {
	t.Helper()
	words, err := receipt.LoadWords()
	if err != nil {
		t.Fatal(err)
	}
	return &checker{words: words, timeout: time.Minute, grace: time.Minute, workers: 3, read: read, failed: func(string, string) {}}
}

func manyFiles(n int) (files []toCheck) {
	for i := range n {
		files = append(files, toCheck{path: fmt.Sprint(i)})
	}
	return files
}

// TestCheckOrder tells of files in their order, however long each takes, and
// of a failing reader as a refusal of that file alone.
func TestCheckOrder(t *testing.T) {
	c := newTestChecker(t, func(_ context.Context, file toCheck, checked *receipt.Checked) error {
		switch file.path {
		case "0":
			time.Sleep(20 * time.Millisecond) // so that later files are ready first
		case "2":
			panic("a defect")
		}
		checked.Report.Outcome = schemas.OutcomeEmpty
		return nil
	})
	failures := 0
	c.failed = func(path, failure string) {
		if failures++; path != "2" || !strings.Contains(failure, "a defect") {
			t.Errorf("told that %s failed: %s", path, failure)
		}
	}
	files, told := manyFiles(20), 0
	err := c.each(context.Background(), files, func(file toCheck, v verdict) error {
		if file.path != fmt.Sprint(told) || v.receipt.File != file.path {
			t.Errorf("file %s was told as number %d, with the receipt of %s", file.path, told, v.receipt.File)
		}
		refused := v.receipt.Outcome == schemas.OutcomeRefuse && strings.Contains(v.receipt.Reason, "please report it")
		if refused != (file.path == "2") {
			t.Errorf("file %s: %s: %s", file.path, v.receipt.Outcome, v.receipt.Reason)
		}
		told++
		return nil
	})
	if err != nil || told != 20 || failures != 1 {
		t.Errorf("%d files told, %d failures, error %v", told, failures, err)
	}
}

// TestCheckTime refuses a file whose time is up, and stops at an interrupt.
func TestCheckTime(t *testing.T) {
	c := newTestChecker(t, func(ctx context.Context, _ toCheck, _ *receipt.Checked) error {
		_, err := inTime(ctx, func(yield func([]schemas.Row) error) (int, error) {
			for {
				if err := yield(nil); err != nil {
					return 0, err
				}
			}
		})(func([]schemas.Row) error { return nil })
		return err
	})
	c.timeout = time.Millisecond
	v := c.one(context.Background(), toCheck{path: "endless"})
	if v.err != nil || v.receipt.Outcome != schemas.OutcomeRefuse || !strings.Contains(v.receipt.Reason, "longer than 1ms") {
		t.Errorf("an endless file: %+v", v)
	}
	c.timeout = time.Minute
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if v := c.one(ctx, toCheck{path: "endless"}); !errors.Is(v.err, context.Canceled) {
		t.Errorf("an interrupted file: %+v", v)
	}
	err := c.each(ctx, manyFiles(5), func(_ toCheck, v verdict) error { return v.err })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted files: %v", err)
	}
}

// TestCheckHang refuses a file whose reader yields nothing and never returns.
func TestCheckHang(t *testing.T) {
	never := make(chan bool)
	defer close(never)
	c := newTestChecker(t, func(context.Context, toCheck, *receipt.Checked) error {
		<-never
		return nil
	})
	c.timeout, c.grace = time.Millisecond, time.Millisecond
	v := c.one(context.Background(), toCheck{path: "stuck"})
	if v.err != nil || v.receipt.Outcome != schemas.OutcomeRefuse || v.receipt.File != "stuck" {
		t.Errorf("a stuck file: %+v", v)
	}
}
