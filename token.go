package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"commonspend/store/ledger"

	"github.com/spf13/cobra"
)

func (a *app) tokenCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "token",
		Short:   "Make, list and revoke the one-time tokens with which publishers submit files",
		Example: "  commonspend token create --publisher anytown\n  commonspend token list\n  commonspend token revoke 3f9a01c2",
		Long: `A token lets its holder send in one file of one publisher on the portal's page
/submit. Send it to the publisher by a way that nobody else reads. The journal
keeps its hash only: a token that is lost is revoked, and another made.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.tokenCreateCommand(), a.tokenListCommand(), a.tokenRevokeCommand())
	return cmd
}

// tokenDays is how long a token can be used where nothing else is said.
const tokenDays = "30d"

func (a *app) tokenCreateCommand() *cobra.Command {
	var publisher, expires string
	cmd := &cobra.Command{
		Use:     "create --publisher ID",
		Short:   "Make a token for one file of a publisher; it is shown this once",
		Example: "  commonspend token create --publisher anytown\n  commonspend token create --publisher anytown --expires 48h --json",
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return a.createToken(publisher, expires) },
	}
	cmd.Flags().StringVar(&publisher, "publisher", "", "for whose file it is: the publisher's `ID`")
	cmd.Flags().StringVar(&expires, "expires", tokenDays, "how `long` it can be used: 48h, 30d")
	if err := cmd.MarkFlagRequired("publisher"); err != nil {
		panic(err) // the flag is defined two lines above
	}
	return cmd
}

// createdToken is what `token create --json` writes.
type createdToken struct {
	Token     string    `json:"token"`
	Publisher string    `json:"publisher"`
	Expires   time.Time `json:"expires"`
	Hash      string    `json:"hash"` // SHA-256 of the token, by which it is listed and revoked
}

func (a *app) createToken(publisher, expires string) error {
	lifetime, err := parseLifetime(expires)
	if err != nil {
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
	if _, ok := known.publishers[publisher]; !ok {
		return &configError{Path: a.dir, Sentence: fmt.Sprintf("the publisher %q is not known here: describe it in the configuration and start `commonspend run`, or ingest a file of it, and try again", publisher)}
	}
	token, err := newToken(a.random)
	if err != nil {
		return err
	}
	made := createdToken{token, publisher, a.now().UTC().Add(lifetime).Truncate(time.Second), hashText(token)}
	if err := l.Append(ledger.Event{By: "token", Kind: "token", Token: &ledger.Token{Hash: made.Hash, Publisher: publisher, Expires: made.Expires}}); err != nil {
		return err
	}
	return a.writeResult(made, fmt.Sprintf(`%s

For one file of %s, until %s. It is not shown again.
The publisher enters it on the portal's page /submit, of a running commonspend.
To end it before: commonspend token revoke %s
`, token, publisher, made.Expires.Format("2 January 2006 15:04 UTC"), made.Hash[:12]))
}

// longestLifetime keeps a forgotten token from being of use for ever.
const longestLifetime = 366 * 24 * time.Hour

// parseLifetime reads "48h" or "30d".
func parseLifetime(text string) (time.Duration, error) {
	lifetime, err := time.ParseDuration(text)
	if days, ok := strings.CutSuffix(text, "d"); ok {
		var n int
		n, err = strconv.Atoi(days)
		lifetime = time.Duration(min(n, 1000)) * 24 * time.Hour
	}
	if err != nil || lifetime <= 0 || lifetime > longestLifetime {
		return 0, &usageError{fmt.Sprintf("--expires %q is not a time up to a year: write it as 48h or 30d", text)}
	}
	return lifetime, nil
}

func (a *app) tokenListCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "List the tokens: whose they are and what became of them, never themselves",
		Example: "  commonspend token list\n  commonspend token list --json",
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return a.listTokens() },
	}
}

// listedToken is what `token list --json` writes for each.
type listedToken struct {
	Hash       string    `json:"hash"`
	Publisher  string    `json:"publisher"`
	Created    time.Time `json:"created"`
	Expires    time.Time `json:"expires"`
	State      string    `json:"state"`                // usable used expired revoked
	Submission string    `json:"submission,omitempty"` // waiting confirmed withdrawn, once it is used
	Refused    int       `json:"refused"`              // files sent with it that could not be read
}

func (a *app) listTokens() error {
	l, err := a.existingLedger()
	if err != nil {
		return err
	}
	known, err := readState(l)
	if err != nil {
		return err
	}
	list := []listedToken{}
	var text strings.Builder
	for _, t := range known.tokens {
		one := listedToken{Hash: t.Hash, Publisher: t.Publisher, Created: t.made, Expires: t.Expires, State: t.state(a.now()), Refused: t.refused}
		said := one.State
		if t.sent != nil {
			one.Submission = t.sent.state
			said += " (" + t.sent.state + ")"
		}
		list = append(list, one)
		fmt.Fprintf(&text, "%s  %-16s  made %s  until %s  %s\n", t.Hash[:12], t.Publisher, t.made.Format(time.DateOnly), t.Expires.Format(time.DateOnly), said)
	}
	if len(list) == 0 {
		text.WriteString("No token has been made: begin with `commonspend token create --publisher ID`.\n")
	}
	return a.writeResult(list, text.String())
}

func (a *app) tokenRevokeCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "revoke HASH",
		Short:   "End a token; what was sent with it and is not confirmed cannot be confirmed any more",
		Example: "  commonspend token revoke 3f9a01c2",
		Long:    "HASH is the first eight or more digits of the token's hash, as `commonspend token list` shows it.",
		Args:    cobra.ExactArgs(1),
		RunE:    func(_ *cobra.Command, args []string) error { return a.revokeToken(args[0]) },
	}
}

func (a *app) revokeToken(name string) error {
	l, err := a.existingLedger()
	if err != nil {
		return err
	}
	known, err := readState(l)
	if err != nil {
		return err
	}
	token, err := known.named(name)
	if err != nil {
		return err
	}
	if !token.revoked {
		if err := l.Append(ledger.Event{By: "token", Kind: "token_revoked", TokenRevoked: &ledger.TokenRevoked{Token: token.no}}); err != nil {
			return err
		}
	}
	return a.writeResult(map[string]string{"hash": token.Hash, "state": "revoked"}, "The token "+token.Hash[:12]+" of "+token.Publisher+" is revoked.\n")
}

// named finds the one token whose hash begins so.
func (s *submissions) named(name string) (*issued, error) {
	var found []*issued
	for _, t := range s.tokens {
		if len(name) >= 8 && strings.HasPrefix(t.Hash, strings.ToLower(name)) {
			found = append(found, t)
		}
	}
	if len(found) != 1 {
		return nil, &usageError{fmt.Sprintf("no one token has a hash that begins with %q: give eight or more digits of it, as `commonspend token list` shows them", name)}
	}
	return found[0], nil
}
