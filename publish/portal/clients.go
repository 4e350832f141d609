package portal

import (
	"context"
	"net"
	"net/http"
	"sync"
	"time"
)

// clients holds each client's address to so many answers under way at once.
type clients struct {
	each int
	mu   sync.Mutex
	busy map[string]*turns
}

// turns are one client's places, and how many requests hold or await one.
type turns struct {
	places chan struct{}
	users  int
}

func newClients(each int) *clients { return &clients{each: each, busy: map[string]*turns{}} }

// client is the address that a request comes from, without its port.
func client(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// enter waits a little for one of the client's places; leave gives it back.
func (c *clients) enter(ctx context.Context, who string, wait time.Duration) bool {
	c.mu.Lock()
	held := c.busy[who]
	if held == nil {
		held = &turns{places: make(chan struct{}, c.each)}
		c.busy[who] = held
	}
	held.users++
	c.mu.Unlock()
	select { // a free place is taken whatever the time
	case held.places <- struct{}{}:
		return true
	default:
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case held.places <- struct{}{}:
		return true
	case <-ctx.Done():
	case <-timer.C:
	}
	c.forget(who, held)
	return false
}

func (c *clients) leave(who string) {
	c.mu.Lock()
	held := c.busy[who]
	c.mu.Unlock()
	<-held.places
	c.forget(who, held)
}

// forget drops a client of whom nothing is under way.
func (c *clients) forget(who string, held *turns) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if held.users--; held.users == 0 {
		delete(c.busy, who)
	}
}
