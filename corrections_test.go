package main

import (
	"bytes"
	"errors"
	"io/fs"
	"log/slog"
	"strings"
	"syscall"
	"testing"

	"commonspend/publish/portal"
)

// TestCorrectionsNewestFirst: by time, of one second withdrawn releases first, and by number.
func TestCorrectionsNewestFirst(t *testing.T) {
	list := []portal.Correction{
		{Release: "2026-11-22.2", Published: "2026-11-23T10:00:00Z", Kind: "release-withdrawn"},
		{Release: "2026-11-22.10", Published: "2026-11-23T10:00:00Z", Kind: "release-withdrawn"},
		{Release: "2026-11-23.1", Published: "2026-11-23T10:00:00Z", Kind: "withdrawn"},
		{Release: "2026-11-24.1", Published: "2026-11-24T10:00:00Z", Kind: "replaced"},
		{Release: "2026-11-22.3", Published: "2026-11-22T12:00:00Z", Kind: "replaced"},
	}
	newestFirst(list)
	var got []string
	for _, c := range list {
		got = append(got, c.Release)
	}
	if strings.Join(got, " ") != "2026-11-24.1 2026-11-22.10 2026-11-22.2 2026-11-23.1 2026-11-22.3" {
		t.Error(got)
	}
}

// TestLayoutsFinish: one in the making is finished, and the last that came
// meanwhile follows.
func TestLayoutsFinish(t *testing.T) {
	var told bytes.Buffer
	l := newLayouts(slog.New(slog.NewTextHandler(&told, nil)))
	dir := t.TempDir() // in which no release can be opened: each one tried is told of
	l.making = dir + "/2026-11-22.1"
	l.begin(dir + "/2026-11-22.2")
	l.begin(dir + "/2026-11-22.3")
	if !l.makes("2026-11-22.1") || l.makes("2026-11-22.2") || !l.makes("2026-11-22.3") || l.makes("") || l.makes(".") {
		t.Error("it says otherwise what is in the making")
	}
	l.layOut()
	if text := told.String(); strings.Count(text, "release=2026-11-22.1") != 1 || strings.Contains(text, "release=2026-11-22.2") || strings.Count(text, "release=2026-11-22.3") != 1 {
		t.Error(text)
	}
	if l.makes("2026-11-22.3") {
		t.Error("nothing is in the making any more")
	}
	l.end()
}

func TestLayoutsTellOnceOfReadOnly(t *testing.T) {
	var told bytes.Buffer
	l := newLayouts(slog.New(slog.NewTextHandler(&told, nil)))
	for _, err := range []error{fs.ErrPermission, syscall.EROFS, errors.New("the disk is full")} {
		l.fail("2026-11-22.1", err)
	}
	if text := told.String(); strings.Count(text, "is read-only") != 1 || strings.Count(text, "the disk is full") != 1 {
		t.Error(text)
	}
}
