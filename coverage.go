package main

import (
	"context"

	"commonspend/compare/comparison"

	"github.com/spf13/cobra"
)

func (a *app) coverageCommand() *cobra.Command {
	var body, period, release string
	cmd := &cobra.Command{
		Use:     "coverage",
		Short:   "Say which months of bodies are held, and how well",
		Example: "  commonspend coverage\n  commonspend coverage --body GB-LAE-LDS --period 2018/19",
		Long: `A line for each body and duty, with a sign for each month: held, held in part, nothing to
publish, missing. Of one body, a line for each month: payments and pounds, VAT, how much
could be judged and was redacted, the threshold declared and the one the data show, and
how long after its end the month was received.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			request, err := comparison.NewCoverageRequest(body, period)
			if err != nil {
				return &usageError{err.Error()}
			}
			return a.coverage(cmd.Context(), request, release)
		},
	}
	cmd.Flags().StringVar(&body, "body", "", "only this body, by its `ID`")
	cmd.Flags().StringVar(&period, "period", "", "a financial year, a month or months (default: the latest year held)")
	addRelease(cmd, &release)
	return cmd
}

func (a *app) coverage(ctx context.Context, request comparison.CoverageRequest, release string) error {
	return a.withEngine(ctx, release, func(engine *comparison.Engine) error {
		covered, err := engine.Covered(ctx, request)
		if err != nil {
			return refused(err)
		}
		return a.writeResult(covered, covered.Text())
	})
}
