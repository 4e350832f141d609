package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"commonspend/store/ledger"

	"github.com/spf13/cobra"
)

func (a *app) withdrawCommand() *cobra.Command {
	var why string
	cmd := &cobra.Command{
		Use:   "withdraw FILE",
		Short: "Take a file out of use, and out of every later release; its bytes stay",
		Example: `  commonspend withdraw 3f9a01c2 --why "sent by mistake"
  commonspend withdraw 17 --why "the publisher asked for it to be taken down"`,
		Long: "FILE is the file's number, or the first eight or more digits of its SHA-256.\nTo undo it, ingest the file again.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.withdraw(cmd.Context(), args[0], why) },
	}
	cmd.Flags().StringVar(&why, "why", "", "the `reason`, which the journal keeps")
	if err := cmd.MarkFlagRequired("why"); err != nil {
		panic(err) // the flag is defined a line above
	}
	return cmd
}

func (a *app) withdraw(ctx context.Context, name, why string) error {
	if strings.TrimSpace(why) == "" {
		return &usageError{"say why with --why: the journal keeps the reason"}
	}
	l, err := a.existingLedger()
	if err != nil {
		return err
	}
	known, err := readState(l)
	if err != nil {
		return err
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

// find returns the number of the one file that a name means.
func (s state) find(name string) (int, error) {
	var found []int
	number, err := strconv.Atoi(name)
	for no, file := range s.files {
		bySHA := len(name) >= 8 && strings.HasPrefix(file.SHA, strings.ToLower(name))
		if (err == nil && no == number || bySHA) && !s.withdrawn[no] {
			found = append(found, no)
		}
	}
	switch len(found) {
	case 0:
		return 0, &usageError{fmt.Sprintf("no file in use is called %s: give its number, or at least eight digits of its SHA-256", name)}
	case 1:
		return found[0], nil
	}
	return 0, &usageError{name + " means more than one file: give its number"}
}
