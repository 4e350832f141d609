package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"commonspend/store"
	"commonspend/store/ledger"

	"github.com/spf13/cobra"
)

// standing is an override that the journal tells of.
type standing struct {
	Number int       `json:"override"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
	Undone bool      `json:"undone"`
	ledger.Overridden

	undone int // the number of the event that took it back
}

func (a *app) overrideListCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "List the overrides, with who said so and why",
		Example: "  commonspend override list\n  commonspend override list --json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			l, err := a.existingLedger()
			if err != nil {
				return err
			}
			known, err := readState(l)
			if err != nil {
				return err
			}
			return a.writeResult(known.overrides, overridesText(known.overrides))
		},
	}
}

// judgedOf is what an override says of payments.
var judgedOf = map[string]string{"line": "scope or category", "payee": "supplier", "entity": "body"}

func overridesText(all []*standing) string {
	if len(all) == 0 {
		return "There is no override.\n"
	}
	var b strings.Builder
	for _, s := range all {
		fmt.Fprintf(&b, "%d  %s  %s of %s: %s", s.Number, s.At.Format(time.DateOnly), judgedOf[s.What], spoken(s.When), printable(s.says()))
		if s.Undone {
			b.WriteString(" (undone)")
		}
		fmt.Fprintf(&b, "\n    %s: %s\n", printable(s.By), printable(s.Why))
	}
	return b.String()
}

// says is what an override puts in a judgement's place.
func (s *standing) says() string {
	var parts []string
	for _, part := range []struct {
		name  string
		value *string
	}{{"scope", s.Scope}, {"category", s.Category}, {"same supplier as", s.SameAs}, {"body", s.Body}} {
		switch {
		case part.value == nil:
		case *part.value != "":
			parts = append(parts, part.name+" "+*part.value)
		case part.name == "same supplier as":
			parts = append(parts, "a supplier of its own")
		default:
			parts = append(parts, "no "+part.name)
		}
	}
	return strings.Join(parts, ", ")
}

func (a *app) overrideUndoCommand() *cobra.Command {
	var by, why string
	cmd := &cobra.Command{
		Use:     "undo NUMBER",
		Short:   "Take an override back",
		Example: "  commonspend override undo 412 --by \"A Buyer\" --why \"wrong firm\"",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			number, err := strconv.Atoi(args[0])
			if err != nil {
				return &usageError{fmt.Sprintf("%q is no number of an override: `commonspend override list` gives them", args[0])}
			}
			return a.undoOverride(cmd.Context(), number, by, why)
		},
	}
	cmd.Flags().StringVar(&by, "by", "", "who says so: a `name` for the journal")
	cmd.Flags().StringVar(&why, "why", "", "the `reason`, which stays in the journal")
	for _, name := range []string{"by", "why"} {
		if err := cmd.MarkFlagRequired(name); err != nil {
			panic(err) // the flag is defined just above
		}
	}
	return cmd
}

func (a *app) undoOverride(ctx context.Context, number int, by, why string) error {
	if strings.TrimSpace(by) == "" || strings.TrimSpace(why) == "" {
		return &usageError{"say who with --by and why with --why: the journal keeps both"}
	}
	if err := namesNobody(why); err != nil {
		return err
	}
	done := fmt.Sprintf("Override %d no longer counts; the next release shows it.\n", number)
	l, w, err := a.openIndexed(ctx, "override")
	if is[*store.Locked](err) {
		done = fmt.Sprintf("Override %d no longer counts: the process that holds the warehouse sees to it within seconds.\n", number)
		if l, err = a.existingLedger(); err == nil {
			err = a.undoIn(l, number, by, why)
		}
	} else if err == nil {
		err = errors.Join(a.undoAndJudge(ctx, l, w, number, by, why), w.Close())
	}
	if err != nil {
		return err
	}
	return a.writeResult(map[string]int{"undone": number}, done)
}

func (a *app) undoAndJudge(ctx context.Context, l *ledger.Ledger, w *store.Warehouse, number int, by, why string) error {
	if err := a.undoIn(l, number, by, why); err != nil {
		return err
	}
	if _, err := a.index(ctx, l, w, false); err != nil {
		return err
	}
	return a.judge(ctx, l, w)
}

func (a *app) undoIn(l *ledger.Ledger, number int, by, why string) error {
	known, err := readState(l)
	if err != nil {
		return err
	}
	for _, s := range known.overrides {
		if s.Number != number {
			continue
		}
		if s.Undone {
			return &usageError{fmt.Sprintf("override %d was taken back already", number)}
		}
		return l.Append(ledger.Event{By: by, Kind: "override_undone", OverrideUndone: &ledger.OverrideUndone{Override: number, Why: why}})
	}
	return &usageError{fmt.Sprintf("there is no override %d: `commonspend override list` gives their numbers", number)}
}
