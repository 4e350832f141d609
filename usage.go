package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// usageError says that the command line cannot be followed.
type usageError struct{ text string }

func (u *usageError) Error() string { return u.text }

// misuse is a mistake that the command table finds by itself: how its words
// begin, and ours for it, made of the command and what the words hold.
type misuse struct {
	words *regexp.Regexp
	plain func(cmd *cobra.Command, held []string) string
}

// misuses lists what the command table finds. Its errors have no types, but
// always these words.
func misuses() []misuse {
	return []misuse{
		{regexp.MustCompile(`^unknown command "(.*)" for "`), strayWord},
		{regexp.MustCompile(`^(?:requires|accepts) .*, (?:only )?received \d+$`), func(cmd *cobra.Command, _ []string) string {
			return fmt.Sprintf("write it as `%s`: what stands in capitals was left out, or there is too much", written(cmd))
		}},
		{regexp.MustCompile(`^required flag\(s\) "(.*)" not set$`), func(_ *cobra.Command, held []string) string {
			return "--" + strings.Join(strings.Split(held[1], `", "`), " and --") + " must be given"
		}},
		{regexp.MustCompile(`^unknown flag: --(.*)$`), unknownFlag},
		{regexp.MustCompile(`^unknown shorthand flag: .* in (-.*)$`), func(cmd *cobra.Command, held []string) string {
			return fmt.Sprintf("`%s` has no flag %s", cmd.CommandPath(), held[1])
		}},
		{regexp.MustCompile(`^flag needs an argument: (?:--(.*)|'.' in (-.*))$`), func(_ *cobra.Command, held []string) string {
			return firstText(held[2], "--"+held[1]) + " needs a value after it"
		}},
		{regexp.MustCompile(`(?s)^invalid argument "(.*)" for "(?:-., )?(--.*?)" flag: (.*)$`), wrongValue},
		{regexp.MustCompile(`^bad flag syntax: (.*)$`), func(_ *cobra.Command, held []string) string {
			return fmt.Sprintf("%q is no flag: write one as --name value", held[1])
		}},
	}
}

// plainUsage puts our words in the place of the command table's.
func plainUsage(cmd *cobra.Command, err error) error {
	if err == nil {
		return nil
	}
	for _, m := range misuses() {
		if held := m.words.FindStringSubmatch(err.Error()); held != nil {
			return &usageError{m.plain(cmd, held)}
		}
	}
	return err
}

// written is how a command is written.
func written(cmd *cobra.Command) string {
	return strings.TrimSpace(strings.TrimSuffix(cmd.CommandPath(), cmd.Name()) + cmd.Use)
}

// strayWord tells of a word that is neither a command nor taken by one.
func strayWord(cmd *cobra.Command, held []string) string {
	if !cmd.HasSubCommands() {
		return fmt.Sprintf("`%s` takes no word of its own, and was given %q", cmd.CommandPath(), held[1])
	}
	var known []string
	for _, one := range cmd.Commands() {
		if one.IsAvailableCommand() {
			known = append(known, one.Name())
		}
	}
	return fmt.Sprintf("there is no command `%s %s`: the nearest is `%s %s`", cmd.CommandPath(), held[1], cmd.CommandPath(), nearest(held[1], known))
}

func unknownFlag(cmd *cobra.Command, held []string) string {
	var known []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
	return fmt.Sprintf("`%s` has no flag --%s: the nearest is --%s", cmd.CommandPath(), held[1], nearest(held[1], known))
}

// wrongValue tells of a flag's value that cannot be read. What a flag of ours
// says of it stands; what the standard library says does not.
func wrongValue(_ *cobra.Command, held []string) string {
	value, flag, cause := held[1], held[2], held[3]
	for begins, needs := range map[string]string{
		"strconv.ParseInt": "a whole number", "strconv.ParseUint": "a whole number from 0 on", "strconv.ParseFloat": "a number",
		"strconv.ParseBool": "true or false", "time: ": "a length of time, such as 60s or 10m"} {
		if strings.HasPrefix(cause, begins) {
			return fmt.Sprintf("%s takes %s, not %q", flag, needs, value)
		}
	}
	return fmt.Sprintf("%s %q: %s", flag, value, cause)
}
