package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"commonspend/normalize/category"
	"commonspend/schemas"
	"commonspend/store"
	"commonspend/store/ledger"

	"github.com/spf13/cobra"
)

func (a *app) overrideCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "override",
		Short: "Put a person's word in the place of a judgement, and take it back",
		Example: `  commonspend override line --payee "Wexcombe Cars Ltd" --category 60100000 --by "A Buyer" --why "home-to-school taxis"
  commonspend override payee --payee "WEXCOMBE CARS" --same-as "Wexcombe Cars Ltd" --by "A Buyer" --why "one firm"
  commonspend override entity --publisher anytown --entity "Harbour" --body GB-LAE-ADU --by "A Buyer" --why "its trading name"
  commonspend override list
  commonspend override undo 412 --by "A Buyer" --why "wrong firm"`,
		Long: `An override beats every rule and the model, now and when all is judged again; of
two that are about the same payment the later counts. The journal keeps who said
so and why. It is about payments that match all that is given exactly, as
published; what is not given may be anything.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.overrideLineCommand(), a.overridePayeeCommand(), a.overrideEntityCommand(), a.overrideUndoCommand(), a.overrideListCommand())
	return cmd
}

// said is an override on its way from the command line.
type said struct {
	by, why string
	yes     bool
	when    map[string]*string // by column: as its flag was given
}

// flags gives a command the flags that every override has, and one for each
// column that it may be about.
func (s *said) flags(cmd *cobra.Command, what string) {
	s.when = map[string]*string{}
	for _, column := range store.OverrideColumns(what) {
		s.when[column] = cmd.Flags().String(strings.ReplaceAll(column, "_", "-"), "", "payments with this "+strings.ReplaceAll(column, "_", " ")+", exactly as published")
	}
	cmd.Flags().StringVar(&s.by, "by", "", "who says so: a `name` for the journal")
	cmd.Flags().StringVar(&s.why, "why", "", "the `reason`, which stays in the journal")
	cmd.Flags().BoolVar(&s.yes, "yes", false, "it is meant, though it is about very many payments, or about none that can be seen")
	for _, name := range []string{"by", "why"} {
		if err := cmd.MarkFlagRequired(name); err != nil {
			panic(err) // the flag is defined just above
		}
	}
}

// about gives the columns that were named.
func (s *said) about(cmd *cobra.Command) map[string]string {
	when := map[string]string{}
	for column, value := range s.when {
		if cmd.Flags().Changed(strings.ReplaceAll(column, "_", "-")) {
			when[column] = *value
		}
	}
	return when
}

// given returns a flag's value, nil where it was not given.
func given(cmd *cobra.Command, flag string) *string {
	if !cmd.Flags().Changed(flag) {
		return nil
	}
	value, err := cmd.Flags().GetString(flag)
	if err != nil {
		panic(err) // the command defines the flag as a text
	}
	return &value
}

func (a *app) overrideLineCommand() *cobra.Command {
	var s said
	cmd := &cobra.Command{
		Use:     "line",
		Short:   "Say what payments are (their scope), or what was bought (their category)",
		Example: "  commonspend override line --payee \"Wexcombe Cars Ltd\" --scope procurement --category 60 --by \"A Buyer\" --why \"taxis\"",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o := ledger.Overridden{What: "line", When: s.about(cmd), Scope: given(cmd, "scope"), Category: given(cmd, "category"), Why: s.why}
			if err := checkLineOverride(&o); err != nil {
				return err
			}
			return a.override(cmd.Context(), s, o)
		},
	}
	s.flags(cmd, "line")
	cmd.Flags().String("scope", "", "what the payments are: "+strings.Join(category.Scopes(), ", "))
	cmd.Flags().String("category", "", "what was bought, and that it was: a CPV `code`, from its division on; \"\" for none")
	return cmd
}

// checkLineOverride refuses unknown codes, and writes the category in full. What
// has one was bought.
func checkLineOverride(o *ledger.Overridden) error {
	if o.Scope == nil && o.Category == nil {
		return &usageError{"say what the payments are with --scope, or what was bought with --category"}
	}
	if o.Scope != nil && !slices.Contains(category.Scopes(), *o.Scope) {
		return &usageError{fmt.Sprintf("%q is no scope: it is one of %s", *o.Scope, strings.Join(category.Scopes(), ", "))}
	}
	if o.Scope != nil && *o.Scope != category.Procurement && o.Category != nil && *o.Category != "" {
		return &usageError{fmt.Sprintf("nothing is bought by a payment of scope %s, so that it has no category: leave one of the two out", *o.Scope)}
	}
	if o.Category != nil && *o.Category != "" {
		full, _, err := category.Code(*o.Category)
		if err != nil {
			return &usageError{err.Error()}
		}
		bought := category.Procurement
		o.Category, o.Scope = &full, &bought
	}
	return nil
}

func (a *app) overridePayeeCommand() *cobra.Command {
	var s said
	var alone bool
	cmd := &cobra.Command{
		Use:     "payee",
		Short:   "Say which supplier a payee is",
		Example: "  commonspend override payee --payee \"WEXCOMBE CARS\" --same-as \"Wexcombe Cars Ltd\" --by \"A Buyer\" --why \"one firm\"\n  commonspend override payee --payee \"Ash Training\" --alone --by \"A Buyer\" --why \"not the Ash of the register\"",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o := ledger.Overridden{What: "payee", When: s.about(cmd), SameAs: given(cmd, "same-as"), Why: s.why}
			switch {
			case o.When["payee"] == "":
				return &usageError{"name the payee with --payee, as published"}
			case (o.SameAs == nil) != alone, o.SameAs != nil && *o.SameAs == "":
				return &usageError{"say either whose supplier it is, with --same-as and another payee's name, or that it is no other's, with --alone"}
			case alone:
				o.SameAs = new(string)
			case *o.SameAs == o.When["payee"]:
				return &usageError{fmt.Sprintf("%q is the payee itself: --same-as takes another's name, --alone says that it is no other's supplier", *o.SameAs)}
			}
			return a.override(cmd.Context(), s, o)
		},
	}
	s.flags(cmd, "payee")
	cmd.Flags().String("same-as", "", "a `payee`, as published, whose supplier it is")
	cmd.Flags().BoolVar(&alone, "alone", false, "it is no other payee's supplier")
	return cmd
}

func (a *app) overrideEntityCommand() *cobra.Command {
	var s said
	cmd := &cobra.Command{
		Use:     "entity",
		Short:   "Say which public body an entity is",
		Example: "  commonspend override entity --publisher anytown --entity \"Harbour\" --body GB-LAE-ADU --by \"A Buyer\" --why \"its trading name\"",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o := ledger.Overridden{What: "entity", When: s.about(cmd), Body: given(cmd, "body"), Why: s.why}
			if o.When["publisher"] == "" || o.Body == nil {
				return &usageError{"name the publisher with --publisher, its entity with --entity, and the body's id with --body (\"\" for not known)"}
			}
			if _, ok := o.When["entity"]; !ok {
				o.When["entity"] = ""
			}
			return a.override(cmd.Context(), s, o)
		},
	}
	s.flags(cmd, "entity")
	cmd.Flags().String("body", "", "the body's `id` in the register")
	return cmd
}

// overridden is what `override … --json` writes.
type overridden struct {
	Override int            `json:"override"` // its number in the journal
	Payments int            `json:"payments"` // that it is about
	Pence    schemas.Amount `json:"pence"`
}

// override journals a person's word, once it is known to be about something,
// and judges again what it touches.
func (a *app) override(ctx context.Context, s said, o ledger.Overridden) error {
	if err := checkSaid(s.by, o); err != nil {
		return err
	}
	event := ledger.Event{By: s.by, Kind: "overridden", Overridden: &o}
	l, w, err := a.openIndexed(ctx, "override")
	if is[*store.Locked](err) {
		return a.handOver(ctx, event, s.yes)
	}
	if err != nil {
		return err
	}
	result, err := a.overrideIn(ctx, l, w, event, s.yes)
	if err := errors.Join(err, w.Close()); err != nil {
		return err
	}
	return a.writeResult(result, fmt.Sprintf("Override %d: %s, %s. The next release shows it. To take it back: commonspend override undo %d\n",
		result.Override, plural(result.Payments, "1 payment", "{n} payments"), result.Pence.Pounds(), result.Override))
}

// checkSaid refuses an override that does not say who, why and of what, or in
// which a blank of what `review` prints was left.
func checkSaid(by string, o ledger.Overridden) error {
	if strings.TrimSpace(by) == "" || strings.TrimSpace(o.Why) == "" {
		return &usageError{"say who with --by and why with --why: the journal keeps both"}
	}
	if len(o.When) == 0 {
		return &usageError{"say which payments it is about, with --payee or another column's flag"}
	}
	if err := namesNobody(o.Why); err != nil {
		return err
	}
	values := slices.Collect(maps.Values(o.When))
	for _, value := range []*string{&by, &o.Why, o.SameAs, o.Body} {
		if value == nil {
			continue
		}
		if strings.TrimSpace(*value) == schemas.Blank {
			return &usageError{"a " + schemas.Blank + " is left in the command: put what you know in its place"}
		}
		values = append(values, *value)
	}
	for _, value := range values {
		if !utf8.ValidString(value) {
			return &usageError{fmt.Sprintf("%q is not UTF-8, as all that is held is", value)}
		}
	}
	return nil
}

// journalled adds an event to the journal, and gives its number.
func journalled(l *ledger.Ledger, event ledger.Event) (number int, err error) {
	err = l.AppendAfter(func(before ledger.Event) error {
		number = before.Sequence
		return nil
	}, func() []ledger.Event { return []ledger.Event{event} })
	return number + 1, err
}

func (a *app) overrideIn(ctx context.Context, l *ledger.Ledger, w *store.Warehouse, event ledger.Event, yes bool) (overridden, error) {
	o := event.Overridden
	if err := errors.Join(knowsBody(l, o.Body), knowsPayee(ctx, w, o.SameAs)); err != nil {
		return overridden{}, err
	}
	payments, pence, err := w.Matching(ctx, o.When)
	if err != nil {
		return overridden{}, err
	}
	if payments == 0 {
		return overridden{}, &usageError{fmt.Sprintf("no payment held has %s: nothing was recorded; it must be written exactly as published", spoken(o.When))}
	}
	all, _, err := w.Matching(ctx, nil)
	if err != nil {
		return overridden{}, err
	}
	if err := meant(*o, payments, schemas.Amount(pence), all, yes); err != nil {
		return overridden{}, err
	}
	number, err := journalled(l, event)
	if err != nil {
		return overridden{}, err
	}
	if _, err := a.index(ctx, l, w, false); err != nil {
		return overridden{}, err
	}
	return overridden{number, payments, schemas.Amount(pence)}, a.judge(ctx, l, w)
}

// knowsPayee refuses a payee, to be the same as, that no payment is to.
func knowsPayee(ctx context.Context, w *store.Warehouse, name *string) error {
	if name == nil || *name == "" {
		return nil
	}
	n, _, err := w.Matching(ctx, map[string]string{"payee": *name})
	if err == nil && n == 0 {
		err = &usageError{fmt.Sprintf("no payment held is to a payee called %q: --same-as takes a payee's name exactly as published", *name)}
	}
	return err
}

// knowsBody refuses a body that is in no register, embedded or imported.
func knowsBody(l *ledger.Ledger, body *string) error {
	if body == nil || *body == "" {
		return nil
	}
	known, err := readState(l)
	if err != nil {
		return err
	}
	bodies, err := known.bodies(l)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(bodies, func(b schemas.Body) bool { return b.ID == *body }) {
		return &usageError{fmt.Sprintf("the register has no body with the id %q: `commonspend reference import bodies FILE` adds bodies", *body)}
	}
	return nil
}

// spoken writes conditions for people: payee "X" and postcode "Y".
func spoken(when map[string]string) string {
	var parts []string
	for _, column := range slices.Sorted(maps.Keys(when)) {
		parts = append(parts, fmt.Sprintf("%s %q", strings.ReplaceAll(column, "_", " "), when[column]))
	}
	return strings.Join(parts, " and ")
}
