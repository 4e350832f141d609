// Command commonspend turns public bodies' spend files into comparable,
// checkable, published data.
//
// `demo` shows it all on made-up bodies; `check` says what would be made of a
// file; `ingest` takes files and folders; `run` fetches from sources on a
// schedule, and does everything after; `compare`, `publish` and `serve` do one
// step each; `token` lets a publisher submit a file; `rebuild`, `verify` and
// `doctor` keep it sound; `withdraw` undoes.
package main

import (
	"context"
	"crypto/rand"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

func main() { os.Exit(commonspend()) }

// commonspend runs the program on the process's own arguments and streams and
// returns its exit code.
func commonspend() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	a := &app{
		out: os.Stdout, err: os.Stderr, now: time.Now, random: rand.Reader,
		terminal: term.IsTerminal(int(os.Stderr.Fd())),
	}
	return a.run(ctx, os.Args[1:])
}

// app is what the commands share: where they write, and what they take from
// outside, so that a test can give its own.
type app struct {
	out, err io.Writer
	now      func() time.Time
	random   io.Reader
	terminal bool // err is a terminal, on which progress can be drawn
	dir      string
	json     bool
}

func (a *app) run(ctx context.Context, args []string) int {
	root := a.commands()
	root.SetArgs(args)
	root.SetOut(a.out)
	root.SetErr(a.err)
	cmd, err := root.ExecuteContextC(ctx)
	return a.finish(ctx, plainUsage(cmd, err))
}

// commands is the command table.
func (a *app) commands() *cobra.Command {
	root := &cobra.Command{
		Use:           "commonspend",
		Short:         "What UK public bodies spend, in common terms, compared like with like",
		Example:       "  commonspend demo\n  commonspend ingest council.csv --publisher anytown --publishers PUBLISHERS.csv\n  commonspend run -c commonspend.yaml",
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.PersistentFlags().StringVar(&a.dir, "data", "data", "the data `directory`")
	root.PersistentFlags().BoolVar(&a.json, "json", false, "write the result as JSON (docs/commands.md gives the shapes)")
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetHelpTemplate(helpTemplate)
	root.AddCommand(
		a.demoCommand(), a.checkCommand(), a.ingestCommand(), a.runCommand(),
		a.coverageCommand(), a.compareCommand(), a.peersCommand(), a.fragmentedCommand(), a.reproduceCommand(), a.publishCommand(), a.datasetsCommand(), a.serveCommand(), a.tokenCommand(),
		a.classifyCommand(), a.resolveCommand(),
		a.referenceCommand(), a.reviewCommand(), a.overrideCommand(), a.withdrawCommand(), a.rebuildCommand(), a.verifyCommand(), a.doctorCommand(),
	)
	return root
}

// helpTemplate puts the examples first: they are what most readers look for.
const helpTemplate = `{{.Short}}

Examples:
{{.Example}}
{{if .Long}}
{{.Long}}
{{end}}{{if .Runnable}}
Usage:
  {{.UseLine}}
{{end}}{{if .HasAvailableSubCommands}}
Commands:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name 10}} {{.Short}}{{end}}{{end}}
{{end}}{{if .HasAvailableLocalFlags}}
Flags:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}{{if .HasAvailableInheritedFlags}}
Flags of every command:
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}
Exit codes: 0 fine, 1 a file was refused, 2 usage, 3 configuration, 4 input/output
or network, 5 warehouse locked, 6 integrity, 7 a limit passed, 130 interrupted.
`

// built names the commit that was built; make sets it.
var built = ""

// version names what was built: the commit, or the module's version.
func version() string {
	if built != "" {
		return built
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.Main.Version
	}
	return "unknown"
}
