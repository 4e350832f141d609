package main

import (
	"context"

	"commonspend/compare/comparison"

	"github.com/spf13/cobra"
)

func (a *app) fragmentedCommand() *cobra.Command {
	var category, supplier, period, release string
	cmd := &cobra.Command{
		Use:     "fragmented",
		Short:   "Say how many bodies buy a category, or from a supplier, separately",
		Example: "  commonspend fragmented --category 72000000\n  commonspend fragmented --category 30190000 --period 2018/19 --json",
		Long: `Who buys, by pounds; how the pounds spread over the bodies; which suppliers several of them
pay. It shows what is published and accuses nobody: payments do not say whether bodies
bought through a framework, at which prices, or how much.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			request, err := comparison.NewBuyingRequest(category, supplier, period)
			if err != nil {
				return &usageError{err.Error()}
			}
			return a.fragmented(cmd.Context(), request, release)
		},
	}
	cmd.Flags().StringVar(&category, "category", "", "a CPV `code`, such as 72000000; everything below it counts")
	cmd.Flags().StringVar(&supplier, "supplier", "", "a supplier's `ID`")
	cmd.Flags().StringVar(&period, "period", "", "a financial year, a month or months (default: the latest year)")
	addRelease(cmd, &release)
	return cmd
}

func (a *app) fragmented(ctx context.Context, request comparison.BuyingRequest, release string) error {
	return a.withEngine(ctx, release, func(engine *comparison.Engine) error {
		buying, err := engine.Fragmented(ctx, request)
		if err != nil {
			return refused(err)
		}
		return a.writeResult(buying, buying.Text())
	})
}
