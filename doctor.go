package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"commonspend/normalize"
	"commonspend/publish"
	"commonspend/store"
	"commonspend/store/ledger"

	"github.com/spf13/cobra"
	"golang.org/x/sys/unix"
)

func (a *app) doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "doctor",
		Short:   "Look at disk, lock, versions and clock, each with its fix",
		Example: "  commonspend doctor\n  commonspend doctor --data /var/lib/commonspend --json",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.doctor(cmd.Context()) },
	}
}

// finding is one thing that doctor looked at; `doctor --json` writes a list of them.
type finding struct {
	What string `json:"what"` // disk clock journal warehouse rules release
	Fine bool   `json:"fine"`
	Says string `json:"says"`
	Fix  string `json:"fix,omitempty"`
}

func (a *app) doctor(ctx context.Context) error {
	findings := []finding{a.disk(), a.clock(), a.journal(), a.lockAndVersions(ctx), a.release()}
	var b strings.Builder
	ill := 0
	for _, f := range findings {
		mark := "fine"
		if !f.Fine {
			mark = "ILL "
			ill++
		}
		fmt.Fprintf(&b, "%s  %-8s %s\n", mark, f.What, f.Says)
		if f.Fix != "" {
			fmt.Fprintf(&b, "               to mend it: %s\n", f.Fix)
		}
	}
	if err := a.writeResult(findings, b.String()); err != nil {
		return err
	}
	if ill > 0 {
		return &integrityError{plural(ill, "1 thing needs mending", "{n} things need mending")}
	}
	return nil
}

// leastFree is the space below which a release may not fit on the disk.
const leastFree = 2 << 30

func (a *app) disk() finding {
	f := finding{What: "disk"}
	folder := a.dir
	if _, err := os.Stat(folder); err != nil {
		folder = "."
	}
	var stat unix.Statfs_t
	if err := unix.Statfs(folder, &stat); err != nil {
		f.Says, f.Fix = fmt.Sprintf("%s cannot be looked at: %v", folder, err), "name a directory that can be read with --data"
		return f
	}
	free := int64(stat.Bavail) * int64(stat.Bsize)
	f.Says = fmt.Sprintf("%.1f GB are free at %s", float64(free)/1e9, folder)
	f.Fine = free >= leastFree
	if !f.Fine {
		f.Fix = "free some space: at least 2 GB, and twice the size of the largest release"
		return f
	}
	if err := unix.Access(folder, unix.W_OK); err != nil {
		f.Fine, f.Says, f.Fix = false, folder+" cannot be written to", "change its owner or its permissions"
	}
	return f
}

// clockFloor is a day that has certainly passed: a clock before it is wrong.
var clockFloor = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func (a *app) clock() finding {
	now := a.now().UTC()
	f := finding{What: "clock", Fine: now.After(clockFloor), Says: "it is " + now.Format("2006-01-02 15:04:05") + " UTC"}
	latest := clockFloor
	if l, err := a.existingLedger(); err == nil {
		// A journal that cannot be read is the journal's finding, not the clock's.
		_, _ = l.Events(func(e ledger.Event) error { latest = e.At; return nil })
	}
	if now.Before(latest) {
		f.Fine, f.Says = false, f.Says+", which is before the last event of the journal ("+latest.Format("2006-01-02 15:04:05")+")"
	}
	if !f.Fine {
		f.Fix = "set the clock; times in the journal come from it"
	}
	return f
}

func (a *app) journal() finding {
	f := finding{What: "journal", Fine: true}
	if !ledger.Exists(a.dir) {
		f.Says = "there is none yet in " + a.dir
		return f
	}
	l, err := a.existingLedger()
	if err != nil {
		return finding{What: "journal", Says: err.Error(), Fix: mend(err, "restore it from a copy")}
	}
	head, err := l.Head()
	if err != nil {
		return finding{What: "journal", Says: err.Error(), Fix: mend(err, "restore it from a copy")}
	}
	f.Says = plural(head.Length, "1 event", "{n} events") + ", the chain is whole"
	return f
}

func (a *app) lockAndVersions(ctx context.Context) finding {
	f := finding{What: "warehouse", Fine: true}
	if !ledger.Exists(a.dir) {
		f.Says = "there is none yet in " + a.dir
		return f
	}
	w, err := store.Open(ctx, a.dir, "doctor", store.Settings{})
	var locked *store.Locked
	if errors.As(err, &locked) {
		f.Says = fmt.Sprintf("in use by process %d (%s); the system gives it up when that process ends", locked.Holder.PID, locked.Holder.Command)
		return f
	}
	if err != nil {
		return finding{What: "warehouse", Says: err.Error(), Fix: mend(err, "commonspend rebuild")}
	}
	defer w.Close()
	return a.versions(ctx, w)
}

// mend is the fix, unless the trouble is only that this user may not look.
func mend(err error, fix string) string {
	if errors.Is(err, fs.ErrPermission) {
		return "run as the user who owns it, or change its permissions"
	}
	return fix
}

// versions compares the rules that files were read by with those of this program.
func (a *app) versions(ctx context.Context, w *store.Warehouse) finding {
	f := finding{What: "warehouse"}
	rules, err := normalize.LoadRules()
	if err != nil {
		return finding{What: "rules", Says: err.Error(), Fix: "correct the rule file and build again"}
	}
	var all, behind int
	err = w.DB().QueryRowContext(ctx, "SELECT count(*), count(*) FILTER (rules <> ?) FROM files", rules.Version()).Scan(&all, &behind)
	if err != nil {
		return finding{What: "warehouse", Says: err.Error(), Fix: "commonspend rebuild"}
	}
	f.Fine = behind == 0
	f.Says = fmt.Sprintf("free, opens, holds %s; program %s, rules %s", plural(all, "1 file", "{n} files"), version(), rules.Version())
	if !f.Fine {
		f.Says += fmt.Sprintf("; %s read by other rules", plural(behind, "1 file was", "{n} files were"))
		f.Fix = "commonspend rebuild"
	}
	return f
}

func (a *app) release() finding {
	f := finding{What: "release", Fine: true, Says: "there is none yet"}
	folder, err := publish.Latest(a.dir)
	if err != nil {
		return f
	}
	release, err := publish.Open(folder)
	if err != nil {
		return finding{What: "release", Says: err.Error(), Fix: "restore it from a copy, or run `commonspend publish`"}
	}
	f.Says = fmt.Sprintf("the latest is %s, with %s payments", release.Number, thousands(release.Payments))
	return f
}
