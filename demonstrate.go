package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"commonspend/demo"
	"commonspend/store/ledger"

	"github.com/spf13/cobra"
)

// demoSeed makes the demo set that everybody sees.
const demoSeed = 1

func (a *app) demoCommand() *cobra.Command {
	var listen string
	cmd := &cobra.Command{
		Use:     "demo",
		Short:   "Show it all on sixty made-up bodies: fetch, read, compare, publish, serve",
		Example: "  commonspend demo\n  commonspend demo --data /tmp/try --listen 127.0.0.1:9000",
		Long: `Sixty made-up councils, trusts and departments publish two years of messy files on
an address of this machine; they are fetched and published as real ones would be,
and the portal answers until it is stopped. Nothing leaves this machine.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !cmd.Flags().Changed("data") {
				a.dir = "data/demo"
			}
			return a.demo(cmd.Context(), listen)
		},
	}
	cmd.Flags().StringVar(&listen, "listen", defaultListen, "the `address` to answer on")
	return cmd
}

func (a *app) demo(ctx context.Context, listen string) error {
	began := a.now()
	world := demo.Generate(demoSeed)
	publishers, base, err := serveWorld(ctx, world)
	if err != nil {
		return err
	}
	defer publishers.Close()
	config := &Config{Publishers: world.Publishers, Sources: world.Sources(base), Schedule: "@hourly", Contact: projectContact,
		Fetch: FetchConfig{AllowLoopback: true}}
	s, err := a.openService(ctx, config, "demo", listen)
	if err != nil {
		return err
	}
	if err := importWorld(s.ledger, world); err != nil {
		return errors.Join(err, s.close())
	}
	fmt.Fprintf(a.err, "%d made-up bodies publish at %s\n", len(world.Publishers), base)
	if err := s.turn(ctx); err != nil {
		return errors.Join(err, s.close())
	}
	fmt.Fprintf(a.err, "Fetched, read, compared and published in %s\n", a.now().Sub(began).Round(100*time.Millisecond))
	if err := a.tellDemo(s.site); err != nil {
		return errors.Join(err, s.close())
	}
	return errors.Join(s.loop(ctx), s.close())
}

// importWorld enters the made-up bodies into the register, and their sizes.
func importWorld(l *ledger.Ledger, world *demo.World) error {
	for _, register := range []struct {
		name string
		text []byte
	}{{"bodies", world.Bodies()}, {"denominators", world.Denominators()}} {
		event := ledger.Imported{Register: register.name, Name: "demo-" + register.name + ".csv", Dated: demoDated}
		if _, err := takeRegister(l, bytes.NewReader(register.text), event, "demo"); err != nil {
			return err
		}
	}
	return nil
}

// demoDated is the day that the made-up register is said to be of.
const demoDated = "2025-04-01"

// serveWorld puts the made-up publishers' files on an address of this machine.
func serveWorld(ctx context.Context, world *demo.World) (*http.Server, string, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, "", fmt.Errorf("no address of this machine can be had for the made-up publishers: %w", err)
	}
	server := &http.Server{Handler: world.Serve(), ReadHeaderTimeout: 5 * time.Second}
	go server.Serve(listener)
	return server, "http://" + listener.Addr().String(), nil
}

func (a *app) tellDemo(p *site) error {
	return a.writeResult(servingResult{URL: p.url, Release: p.server.Serving()}, demoText(p.url, a.dir))
}

func demoText(url, dir string) string {
	return fmt.Sprintf(`
The portal answers at %s

What to try next, in another terminal:
  commonspend verify --data %s              check every hash, chain, row and penny
  commonspend publish --data %s --export /tmp/open-data
                                            (stop this first) the release as plain files
  commonspend ingest my.csv --publisher ID --publishers PUBLISHERS.csv --data mine
  commonspend --help

Stop with Ctrl-C.
`, url, dir, dir)
}
