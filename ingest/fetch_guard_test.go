package ingest

import (
	"io"
	"net/http"
	"net/netip"
	"strings"
	"testing"
)

func TestGuardRefusesLoopbackUnlessAllowed(t *testing.T) {
	asked := 0
	address := serve(t, func(http.ResponseWriter, *http.Request, int) { asked++ })
	byName := strings.Replace(address, "127.0.0.1", "localhost", 1)
	for _, where := range []string{address, byName} {
		got := fetch(t, fetcherFor(func(o *FetchOptions) { o.Guard = Guard{AllowPrivate: true} }), where, State{}, io.Discard)
		if got.Class != ClassRefused || got.Tries != 1 || !strings.Contains(got.Reason, "this machine itself: set fetch.allow_loopback") {
			t.Errorf("%+v", got)
		}
	}
	if asked != 0 {
		t.Errorf("the server was asked %d times", asked)
	}
	if got := fetch(t, fetcherFor(nil), byName, State{}, io.Discard); got.Status != FetchNew {
		t.Errorf("allowed: %+v", got)
	}
}

// A redirect is dialled under the same guard as the first address.
func TestGuardHoldsForRedirects(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, r *http.Request, _ int) {
		http.Redirect(w, r, "http://169.254.169.254/latest/", http.StatusFound)
	})
	got := fetch(t, fetcherFor(nil), address, State{}, io.Discard)
	if got.Class != ClassRefused || got.Tries != 1 || !strings.Contains(got.Reason, "leads to 169.254.169.254") {
		t.Errorf("%+v", got)
	}
}

func TestGuardAddresses(t *testing.T) {
	for _, test := range []struct {
		address                    string
		open, atHome, onOurNetwork bool // allowed by: nothing, loopback, private
	}{
		{"51.140.1.1", true, true, true},
		{"2a00:1450:4009::1", true, true, true},
		{"127.0.0.1", false, true, false},
		{"127.9.9.9", false, true, false},
		{"::1", false, true, false},
		{"::ffff:127.0.0.1", false, true, false},
		{"10.1.2.3", false, false, true},
		{"172.16.0.1", false, false, true},
		{"192.168.1.1", false, false, true},
		{"::ffff:192.168.1.1", false, false, true},
		{"100.64.0.1", false, false, true},
		{"::ffff:100.64.0.1", false, false, true},
		{"fd00::1", false, false, true},
		{"169.254.169.254", false, false, false},
		{"fe80::1%eth0", false, false, false},
		{"0.0.0.0", false, false, false},
		{"::", false, false, false},
		{"0.1.2.3", false, false, false},
		{"224.0.0.1", false, false, false},
		{"255.255.255.255", false, false, false},
		{"::ffff:240.0.0.1", false, false, false},
		{"240.0.0.1", false, false, false},
		{"64:ff9b::7f00:1", false, false, false}, // 127.0.0.1 behind NAT64
		{"2002:7f00:1::1", false, false, false},  // 127.0.0.1 behind 6to4
	} {
		address := netip.MustParseAddr(test.address)
		for _, guard := range []struct {
			Guard
			want bool
		}{{Guard{}, test.open}, {Guard{AllowLoopback: true}, test.atHome}, {Guard{AllowPrivate: true}, test.onOurNetwork}} {
			if why := guard.refuses(address); (why == "") != guard.want {
				t.Errorf("%s under %+v: %q", test.address, guard.Guard, why)
			}
		}
	}
}

func TestCheckURL(t *testing.T) {
	for address, words := range map[string]string{
		"https://example.org/a.csv":      "",
		"HTTP://example.org":             "",
		"":                               "not a web address",
		"example.org/a.csv":              "not a web address",
		"mailto:data@example.org":        "not a web address",
		"ftp://example.org/a.csv":        "only http and https",
		"file:///etc/hosts":              "only http and https",
		"https:///a.csv":                 "names no host",
		"https://user:word@example.org/": "user name or password",
		"http://[::1":                    "not a web address",
	} {
		err := CheckURL(address)
		if words == "" && err != nil || words != "" && (err == nil || !strings.Contains(err.Error(), words)) {
			t.Errorf("CheckURL(%q) = %v, want %q", address, err, words)
		}
		if err != nil && strings.Contains(err.Error(), "user:word") {
			t.Errorf("the error repeats a password: %v", err)
		}
	}
}
