package ingest

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// turns lets one request at a time go to each host, with a gap after each.
type turns struct {
	gap, patience time.Duration
	now           func() time.Time
	wait          func(context.Context, time.Duration) error

	mu    sync.Mutex
	hosts map[string]*hostTurn
}

type hostTurn struct {
	taken chan struct{} // holds one while a request is on its way
	free  time.Time     // not before this; guarded by turns.mu
}

func newTurns(opts FetchOptions) *turns {
	return &turns{gap: opts.Gap, patience: max(opts.Gap, opts.RetryAfterMax, opts.BackoffMax),
		now: opts.Now, wait: opts.Wait, hosts: map[string]*hostTurn{}}
}

// hostShut is the answer when a host has asked for more time than we sit out.
type hostShut struct {
	host  string
	until time.Time
}

func (e *hostShut) Error() string {
	return fmt.Sprintf("%s asks to be left alone until %s", e.host, e.until.UTC().Format(time.RFC3339))
}

// take waits for the host's turn; give must follow.
func (t *turns) take(ctx context.Context, host string) error {
	turn := t.of(host)
	select {
	case turn.taken <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	free := t.freeAt(turn)
	pause := free.Sub(t.now())
	var err error
	switch {
	case pause > t.patience:
		err = &hostShut{host: host, until: free}
	case pause > 0:
		err = t.wait(ctx, pause)
	}
	if err != nil {
		<-turn.taken
	}
	return err
}

// give ends a turn; the next begins after the gap.
func (t *turns) give(host string) {
	t.hold(host, t.now().Add(t.gap))
	<-t.of(host).taken
}

// hold keeps everyone from the host until a moment.
func (t *turns) hold(host string, until time.Time) {
	turn := t.of(host)
	t.mu.Lock()
	defer t.mu.Unlock()
	if until.After(turn.free) {
		turn.free = until
	}
}

func (t *turns) freeAt(turn *hostTurn) time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	return turn.free
}

func (t *turns) of(host string) *hostTurn {
	t.mu.Lock()
	defer t.mu.Unlock()
	turn := t.hosts[host]
	if turn == nil {
		turn = &hostTurn{taken: make(chan struct{}, 1)}
		t.hosts[host] = turn
	}
	return turn
}

// politeTransport gives each request, redirected ones included, its turn at
// its host, from before it is sent until its body is closed.
type politeTransport struct {
	base  http.RoundTripper
	turns *turns
	took  func(host string)
}

func (p *politeTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	host := turnName(request.URL)
	if err := p.turns.take(request.Context(), host); err != nil {
		return nil, err
	}
	p.took(host)
	response, err := p.base.RoundTrip(request)
	if err != nil {
		p.turns.give(host)
		return nil, err
	}
	response.Body = &turnBody{ReadCloser: response.Body, give: sync.OnceFunc(func() { p.turns.give(host) })}
	return response, nil
}

// turnBody gives the turn back when it is closed.
type turnBody struct {
	io.ReadCloser
	give func()
}

func (b *turnBody) Close() error {
	err := b.ReadCloser.Close()
	b.give()
	return err
}

// countdown runs from an errand's first turn, so that waiting for others at a
// busy host does not use up its time. start and stop are of one goroutine.
type countdown struct {
	after time.Duration
	then  func()
	timer *time.Timer
}

func (c *countdown) start() {
	if c.timer == nil {
		c.timer = time.AfterFunc(c.after, c.then)
	}
}

func (c *countdown) stop() {
	if c.timer != nil {
		c.timer.Stop()
	}
}
