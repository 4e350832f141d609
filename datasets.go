package main

import (
	"context"
	"errors"
	"io/fs"

	"commonspend/publish"
	"commonspend/publish/dataset"
	"commonspend/publish/portal"

	"github.com/spf13/cobra"
)

// dataPrefix is where the files of all releases are sent from.
const dataPrefix = "/data/"

func (a *app) datasetsCommand() *cobra.Command {
	var address string
	cmd := &cobra.Command{
		Use:     "datasets",
		Short:   "Lay the latest release out as files to take away",
		Example: "  commonspend datasets\n  commonspend datasets --address https://spend.example.org/data/",
		Long: `Writes, below datasets/ in the data directory, a folder that never changes:
Parquet, CSV, CSV and workbooks for Excel, descriptions for programs, what changed
since the last release, and SHA256SUMS. ` + "`serve`" + ` sends them below /data/.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.datasets(cmd.Context(), address) },
	}
	cmd.Flags().StringVar(&address, "address", "http://"+defaultListen+dataPrefix, "the `address` that the files will be found below, for catalogues")
	return cmd
}

// datasetsResult is what `datasets --json` writes.
type datasetsResult struct {
	Release string `json:"release"`
	Folder  string `json:"folder"`
}

func (a *app) datasets(ctx context.Context, address string) error {
	folder, err := publish.Latest(a.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return &usageError{"there is no release in " + a.dir + " to lay out: make one with `commonspend publish`, or name another directory with --data"}
	}
	if err != nil {
		return err
	}
	release, err := publish.Open(folder)
	if err != nil {
		return err
	}
	if err := dataset.Build(ctx, release, address); err != nil {
		return err
	}
	into := dataset.Folder(a.dir, release.Number)
	return a.writeResult(datasetsResult{release.Number, into}, "Release "+release.Number+" lies in "+into+"\n")
}

// files sends what `datasets` laid out.
func (a *app) files(pages *portal.Server) *dataset.Server {
	return &dataset.Server{Dir: a.dir, Latest: pages.Serving}
}
