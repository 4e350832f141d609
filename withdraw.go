package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"commonspend/normalize"
	"commonspend/publish"
	"commonspend/store/ledger"

	"github.com/spf13/cobra"
)

func (a *app) withdrawCommand() *cobra.Command {
	var why string
	cmd := &cobra.Command{
		Use:   "withdraw FILE|RELEASE",
		Short: "Take a file out of use, and out of every later release, or no longer offer a release; the bytes stay",
		Example: `  commonspend withdraw 3f9a01c2 --why "sent by mistake"
  commonspend withdraw 17 --why "the publisher asked for it to be taken down"
  commonspend withdraw 2026-11-22.1 --why "it held a private person's name"`,
		Long: `FILE is the file's number, or the first eight or more digits of its SHA-256. To undo
it, ingest the file again. RELEASE is a release's number: the API and the downloads then
answer for it that it is gone (410), with the reason, which the corrections log shows too.
The latest release cannot be withdrawn: publish one without what is wrong first.
The reason is public, of a file and of a release alike: name no private person in it.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.withdraw(cmd.Context(), args[0], why) },
	}
	cmd.Flags().StringVar(&why, "why", "", "the `reason`, which the journal keeps and everybody can read")
	if err := cmd.MarkFlagRequired("why"); err != nil {
		panic(err) // the flag is defined a line above
	}
	return cmd
}

func (a *app) withdraw(ctx context.Context, name, why string) error {
	if strings.TrimSpace(why) == "" {
		return &usageError{"say why with --why: the journal keeps the reason"}
	}
	if err := namesNobody(why); err != nil {
		return err
	}
	l, err := a.existingLedger()
	if err != nil {
		return err
	}
	known, err := readState(l)
	if err != nil {
		return err
	}
	if releaseNumber.MatchString(name) {
		return a.withdrawRelease(l, known, name, why)
	}
	number, err := known.find(name)
	if err != nil {
		return err
	}
	if err := l.Append(ledger.Event{By: "withdraw", Kind: "withdrawn", Withdrawn: &ledger.Withdrawn{File: number, Why: why}}); err != nil {
		return err
	}
	if !a.json {
		file := known.files[number]
		fmt.Fprintf(a.out, "Withdrawn: file %d, %s/%s. The next release leaves it out.\n", number, file.Publisher, file.Name)
	}
	return a.indexAndTell(ctx, l, nil, nil)
}

var releaseNumber = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}\.[0-9]+$`)

func (a *app) withdrawRelease(l *ledger.Ledger, known state, number, why string) error {
	latest, err := publish.Latest(a.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	switch gone, already := known.withdrawnReleases[number]; {
	case already:
		return &usageError{fmt.Sprintf("release %s was withdrawn already: %s", number, gone.why)}
	case !known.published[number]:
		return &usageError{fmt.Sprintf("there never was a release %s: `ls %s` lists those there are", number, filepath.Join(a.dir, "releases"))}
	case filepath.Base(latest) == number:
		return &usageError{fmt.Sprintf("release %s is the latest: publish one without what is wrong, then withdraw this one", number)}
	}
	if err := l.Append(ledger.Event{By: "withdraw", Kind: "release_withdrawn", ReleaseWithdrawn: &ledger.ReleaseWithdrawn{Release: number, Why: why}}); err != nil {
		return err
	}
	return a.writeResult(map[string]string{"withdrawn": number}, "Withdrawn: release "+number+". Whoever asks for it is told why.\n")
}

// find returns the number of the one file that a name means.
func (s state) find(name string) (int, error) {
	var found, gone []int
	number, err := strconv.Atoi(name)
	for no, file := range s.files {
		bySHA := len(name) >= 8 && strings.HasPrefix(file.SHA, strings.ToLower(name))
		_, withdrawn := s.withdrawn[no]
		switch {
		case (err != nil || no != number) && !bySHA:
		case withdrawn:
			gone = append(gone, no)
		default:
			found = append(found, no)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return 0, &usageError{name + " means more than one file: give its number"}
	case len(gone) > 0:
		no := slices.Max(gone)
		return 0, &usageError{fmt.Sprintf("file %d, %s/%s, was withdrawn already, on %s: to use it again, ingest it again",
			no, s.files[no].Publisher, s.files[no].Name, s.withdrawn[no].at.Format(time.DateOnly))}
	}
	return 0, &usageError{fmt.Sprintf("no file is called %s: give its number, or at least eight digits of its SHA-256", name)}
}

// namesNobody refuses a reason in which a person is named by title, as in the
// texts of payments that are withheld for it.
func namesNobody(why string) error {
	rules, err := normalize.LoadRules()
	if err == nil && rules.NamesPerson(why) {
		err = &usageError{"--why names a person by title, and the reason is kept for good: say it without the name; nothing was recorded"}
	}
	return err
}
