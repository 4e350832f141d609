package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"commonspend/normalize/judge"
	"commonspend/schemas"

	"github.com/spf13/cobra"
)

func (a *app) reviewCommand() *cobra.Command {
	var what string
	var most int
	cmd := &cobra.Command{
		Use:     "review",
		Short:   "List the judgements that are worth a person's look, by pounds at stake",
		Example: "  commonspend review\n  commonspend review --what payee --most 100 --json",
		Long: `At stake are the pounds, paid or credited, times the doubt: £1 million judged with
a confidence of 0.9 has £100,000 at stake. Each comes with the override that would
settle it. What a person has settled is not listed again.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !slices.Contains([]string{"", "line", "payee", "entity"}, what) {
				return &usageError{fmt.Sprintf("%q is nothing that is judged: --what is line, payee or entity", what)}
			}
			if most < 1 {
				return &usageError{"--most takes a number from 1 on"}
			}
			return a.review(cmd.Context(), what, most)
		},
	}
	cmd.Flags().StringVar(&what, "what", "", "only `line`, payee or entity")
	cmd.Flags().IntVar(&most, "most", 30, "how `many` at most")
	return cmd
}

// reviewed is one entry of `review --json`.
type reviewed struct {
	judge.Doubt
	Override string `json:"override"` // the command that would settle it, but for the answer
}

func (a *app) review(ctx context.Context, what string, most int) error {
	l, w, err := a.openIndexed(ctx, "review")
	if err != nil {
		return err
	}
	var doubts []judge.Doubt
	if _, err = a.refresh(ctx, l, w); err == nil {
		doubts, err = judge.Review(ctx, w.DB(), what, most)
	}
	if err := errors.Join(err, w.Close()); err != nil {
		return err
	}
	list := make([]reviewed, len(doubts))
	for i, d := range doubts {
		list[i] = reviewed{d, settling(d)}
	}
	return a.writeResult(list, reviewText(list))
}

// settling writes the override that would settle a doubt, with blanks for
// what a person is to fill in.
func settling(d judge.Doubt) string { return schemas.OverrideCommand(d.What, settlingParts(d)...) }

func settlingParts(d judge.Doubt) [][2]string {
	switch d.What {
	case "line":
		return [][2]string{{"payee", d.Payee}, {"expense-type", d.About}, {"scope", schemas.Blank}, {"category", schemas.Blank}}
	case "payee":
		return [][2]string{{"payee", d.Payee}, {"postcode", d.About}, {"same-as", schemas.Blank}}
	}
	return [][2]string{{"publisher", d.Publisher}, {"entity", d.About}, {"body", schemas.Blank}}
}

// printable writes control characters as Go does: \n, \x1b.
func printable(text string) string {
	if !strings.ContainsFunc(text, unicode.IsControl) {
		return text
	}
	quoted := strconv.Quote(text)
	return strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`)
}

func reviewText(list []reviewed) string {
	if len(list) == 0 {
		return "Nothing held is in doubt.\n"
	}
	var b strings.Builder
	for _, r := range list {
		name := r.Payee
		if r.What == "entity" {
			name = r.Publisher
		}
		fmt.Fprintf(&b, "%14s at stake  %s %s", r.AtStake.Pounds(), r.What, strconv.Quote(name))
		if r.About != "" {
			fmt.Fprintf(&b, ", %s", strconv.Quote(r.About))
		}
		fmt.Fprintf(&b, ": %s in %s\n", r.Pence.Pounds(), plural(r.Payments, "1 payment", "{n} payments"))
		if held := strings.TrimSpace(r.Judged + " " + r.Likely); held != "" {
			fmt.Fprintf(&b, "                held to be %s; %s\n", printable(held), printable(r.Reason))
		} else {
			fmt.Fprintf(&b, "                %s\n", printable(r.Reason))
		}
		fmt.Fprintf(&b, "                %s\n", r.Override)
	}
	return b.String()
}
