package ingest

import (
	"fmt"
	"net/url"
	"strings"

	"commonspend/schemas"
)

// Source is a place where a publisher posts files: one address, or a list of
// addresses, as a rule one for each period.
type Source struct {
	ID, Publisher string
	URL           string         // "" where Files lists the addresses
	Files         []SourceFile   // read in this order
	Duty          string         // a code of codelists/duties.csv; "" to go by the publisher
	Period        schemas.Period // of URL; NoPeriod where the file itself must say
	Schedule      string         // five cron fields or @daily and the like, in UTC; "" for the default
}

// SourceFile is one address of a source, and the period declared for it.
type SourceFile struct {
	URL    string
	Period schemas.Period
}

// List returns every address of the source, in order.
func (s Source) List() []SourceFile {
	if s.URL == "" {
		return s.Files
	}
	return append([]SourceFile{{URL: s.URL, Period: s.Period}}, s.Files...)
}

// CheckURL says, in one plain sentence, why an address cannot be fetched from;
// nil where it can. It looks at the address only and asks nobody.
func CheckURL(address string) error {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return fmt.Errorf("%q is not a web address: write it as https://host/path", address)
	case u.Scheme == "" || u.Opaque != "" && u.Host == "":
		return fmt.Errorf("%q is not a web address: write it as https://host/path", address)
	case !webScheme(u.Scheme):
		return fmt.Errorf("%q begins with %s: only http and https are fetched", address, u.Scheme)
	case u.Hostname() == "":
		return fmt.Errorf("%q names no host: write it as https://host/path", address)
	case u.User != nil:
		return fmt.Errorf("the address at %s holds a user name or password: spend files are fetched without", u.Hostname())
	}
	return nil
}

// hostOf is the name under which requests to an address take turns, without
// the port: two ports are one machine's work. It is "" for what is no address.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return turnName(u)
}

func turnName(u *url.URL) string { return strings.ToLower(u.Hostname()) }

func webScheme(scheme string) bool {
	return strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")
}
