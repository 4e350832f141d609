package ingest

import (
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// Guard says which addresses may be asked. A publisher's server is on the open
// internet, so a name, or a redirect, that leads elsewhere is a mistake or an
// attempt to have us read our own machines. Link-local addresses (a cloud's
// keys live there) and those of no single machine are refused always.
type Guard struct {
	AllowLoopback bool // 127.0.0.0/8 and ::1
	AllowPrivate  bool // 10/8, 172.16/12, 192.168/16, 100.64/10 and fc00::/7
}

// guardError says where we will not go; why follows the address in a sentence.
type guardError struct{ why string }

func (e *guardError) Error() string { return e.why }

// GuardedTransport returns an HTTP transport that looks at each address as it
// is dialled, after the name is resolved, so that no name can lead it astray.
// It asks no proxy and keeps headers to 64 KiB.
func GuardedTransport(guard Guard) *http.Transport {
	dialer := &net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second, Control: guard.control}
	return &http.Transport{
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		MaxIdleConnsPerHost:    1,
		IdleConnTimeout:        30 * time.Second,
		TLSHandshakeTimeout:    30 * time.Second,
		ResponseHeaderTimeout:  2 * time.Minute,
		MaxResponseHeaderBytes: 64 << 10,
	}
}

func (g Guard) control(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return &guardError{why: "leads to " + address + ", which is no internet address"}
	}
	if why := g.refuses(at.Addr()); why != "" {
		return &guardError{why: why}
	}
	return nil
}

// refuses says why an address is not asked; "" where it may be.
func (g Guard) refuses(address netip.Addr) string {
	address = address.WithZone("").Unmap()
	leads := "leads to " + address.String()
	switch {
	case address.IsLoopback():
		if g.AllowLoopback {
			return ""
		}
		return leads + ", this machine itself: set fetch.allow_loopback if that is meant"
	case address.IsPrivate(), within(address, "100.64.0.0/10"):
		if g.AllowPrivate {
			return ""
		}
		return leads + ", a private network: set fetch.allow_private if that is meant"
	case !address.IsGlobalUnicast(), special(address):
		return leads + ", which is no public server's address"
	}
	return ""
}

// special tells the addresses that the IANA special-purpose registries set
// apart for other uses than a public server, or that hide another address.
func special(address netip.Addr) bool {
	return within(address, "0.0.0.0/8", "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15",
		"198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
		"64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fec0::/10")
}

func within(address netip.Addr, prefixes ...string) bool {
	for _, prefix := range prefixes {
		if netip.MustParsePrefix(prefix).Contains(address) {
			return true
		}
	}
	return false
}
