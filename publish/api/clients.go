package api

import (
	"math"
	"sync"
	"time"
)

// clients holds what each client used of its share lately.
type clients struct {
	now      func() time.Time
	each     float64 // requests a second
	streams  int     // downloads at the same time
	mu       sync.Mutex
	accounts map[string]*account
	swept    time.Time
}

// account is one client's: tokens left at a time, and downloads under way.
type account struct {
	left    float64
	at      time.Time
	streams int
}

// burst is how many seconds' worth of requests may come at once.
const burst = 10

func newClients(o Options) *clients {
	return &clients{now: o.Now, each: float64(o.EachAsks), streams: o.EachGets, accounts: map[string]*account{}}
}

// find returns a client's account, forgetting those that are full again.
func (c *clients) find(name string) *account {
	now := c.now()
	if now.Sub(c.swept) > time.Minute {
		for other, a := range c.accounts {
			if a.streams == 0 && now.Sub(a.at) > burst*time.Second {
				delete(c.accounts, other)
			}
		}
		c.swept = now
	}
	a, ok := c.accounts[name]
	if !ok {
		a = &account{left: burst * c.each, at: now}
		c.accounts[name] = a
	}
	a.left = min(burst*c.each, a.left+c.each*now.Sub(a.at).Seconds())
	a.at = now
	return a
}

// ask takes one request of a client's share, or says how many seconds to wait.
func (c *clients) ask(name string) (after int, ok bool) {
	if c.now == nil {
		return 0, true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	a := c.find(name)
	if a.left < 1 {
		return max(1, int(math.Ceil((1-a.left)/c.each))), false
	}
	a.left--
	return 0, true
}

// get takes one of a client's downloads; the caller gives it back.
func (c *clients) get(name string) (back func(), ok bool) {
	if c.now == nil {
		return func() {}, true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	a := c.find(name)
	if a.streams >= c.streams {
		return nil, false
	}
	a.streams++
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		a.streams--
	}, true
}
