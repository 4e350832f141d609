package main

import (
	"context"
	"fmt"
	"strings"

	"commonspend/compare/comparison"
	"commonspend/compare/peer"

	"github.com/spf13/cobra"
)

func (a *app) peersCommand() *cobra.Command {
	var body, period, rule, release string
	cmd := &cobra.Command{
		Use:     "peers",
		Short:   "Say which bodies a body can be compared with, and how near they are",
		Example: "  commonspend peers --body GB-LAE-LDS\n  commonspend peers --body GB-LAE-LDS --period 2018/19 --peers region",
		Long: `Bodies of the same kind and tier, as they were in the period. The nearest are by
population, density, deprivation and rurality, each standardised over the kind and tier
and weighing the same; distance is Euclid's. Being nearest is not mutual. Whether they
publish enough to be compared is for ` + "`compare`" + ` to say.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.peers(cmd.Context(), body, period, rule, release) },
	}
	cmd.Flags().StringVar(&body, "body", "", "the body's `ID`")
	cmd.Flags().StringVar(&period, "period", "2023/24", "bodies as they were in this period")
	cmd.Flags().StringVar(&rule, "peers", "nearest:15", "nearest:15, kind or region")
	addRelease(cmd, &release)
	return cmd
}

// peersResult is what `peers --json` writes.
type peersResult struct {
	Body     peer.Body        `json:"body"`
	Rule     string           `json:"rule"`
	Period   string           `json:"period"`
	Mutual   bool             `json:"mutual"`   // whether each is also a peer of its peers; of nearest it need not be
	Features []peer.Feature   `json:"features"` // what nearness is by
	Peers    []peer.Candidate `json:"peers"`
	LeftOut  []peer.LeftOut   `json:"left_out"`
}

func (a *app) peers(ctx context.Context, body, period, rule, release string) error {
	request, err := comparison.NewRequest(body, "", "", period, rule)
	if err != nil {
		return &usageError{err.Error()}
	}
	return a.withEngine(ctx, release, func(engine *comparison.Engine) error {
		group, err := engine.Peers(ctx, request.Body, request.Period, request.Peers)
		if err != nil {
			return refused(err)
		}
		result := peersResult{Body: group.Body, Rule: rule, Period: request.Period.String(), Mutual: request.Peers.Kind != "nearest",
			Features: group.Features, Peers: group.Candidates, LeftOut: group.LeftOut}
		if request.Peers.Kind == "nearest" && len(result.Peers) > request.Peers.Count {
			result.Peers = result.Peers[:request.Peers.Count]
		}
		return a.writeResult(result.filled(), result.text())
	})
}

// filled puts empty lists in the place of none, so that JSON says [].
func (r peersResult) filled() peersResult {
	if r.Features == nil {
		r.Features = []peer.Feature{}
	}
	if r.Peers == nil {
		r.Peers = []peer.Candidate{}
	}
	if r.LeftOut == nil {
		r.LeftOut = []peer.LeftOut{}
	}
	return r
}

func (r peersResult) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s, %s\n", r.Body.Name, r.Body.Describe(), r.Period)
	for _, p := range r.Peers {
		distance := ""
		if p.Distance != nil {
			distance = fmt.Sprintf("%8.3f  ", *p.Distance)
		}
		fmt.Fprintf(&b, "%s%s  %s\n", distance, p.ID, p.Name)
	}
	for _, f := range r.Features {
		fmt.Fprintf(&b, "by %s of %d, weight %g, mean %.2f, standard deviation %.2f\n", f.Name, f.Year, f.Weight, f.Mean, f.Spread)
	}
	if !r.Mutual {
		b.WriteString("Being nearest is not mutual: it need not be among the nearest of its peers.\n")
	}
	if len(r.LeftOut) > 0 {
		fmt.Fprintf(&b, "%s; --json says why of each\n", plural(len(r.LeftOut), "1 body left out", "{n} bodies left out"))
	}
	return b.String()
}
