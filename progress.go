package main

import (
	"fmt"
	"io"
	"time"

	"commonspend/store"

	"github.com/schollz/progressbar/v3"
)

// progress tells on stderr how long work gets on: a bar on a terminal, a line
// each ten seconds otherwise.
type progress struct {
	out         io.Writer
	now         func() time.Time
	terminal    bool
	began, told time.Time
	bar         *progressbar.ProgressBar
	bytes, want int64
	files, rows int64
}

// tellEvery is how often progress is told where no bar can be drawn.
const tellEvery = 10 * time.Second

func (a *app) newProgress() *progress {
	now := a.now()
	return &progress{out: a.err, now: a.now, terminal: a.terminal, began: now, told: now}
}

// expect says how many bytes there are to read.
func (p *progress) expect(bytes int64) {
	p.want = bytes
	if p.terminal && bytes > 0 {
		p.bar = progressbar.NewOptions64(bytes,
			progressbar.OptionSetWriter(p.out), progressbar.OptionShowBytes(true),
			progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100*time.Millisecond))
	}
}

// add counts a file that was loaded.
func (p *progress) add(file store.Loaded) {
	p.files++
	p.bytes += file.File.Bytes
	for _, sheet := range file.Report.Sheets {
		p.rows += int64(sheet.Account.Physical)
	}
	if p.bar != nil {
		p.bar.Describe(fmt.Sprintf("%s files, %s rows/s", thousands(p.files), thousands(p.rate())))
		// A bar that cannot be drawn is no reason to stop the work.
		_ = p.bar.Set64(p.bytes)
		return
	}
	if p.now().Sub(p.told) >= tellEvery {
		p.told = p.now()
		p.say()
	}
}

func (p *progress) rate() int64 {
	milliseconds := p.now().Sub(p.began).Milliseconds()
	return p.rows * 1000 / max(milliseconds, 1)
}

func (p *progress) say() {
	elapsed := p.now().Sub(p.began)
	left := time.Duration(0)
	if p.bytes > 0 {
		left = time.Duration(float64(elapsed) * float64(p.want-p.bytes) / float64(p.bytes))
	}
	fmt.Fprintf(p.out, "%s files, %s rows, %s rows/s, about %s left\n",
		thousands(p.files), thousands(p.rows), thousands(p.rate()), left.Round(time.Second))
}

// step counts one of several steps of unequal length: parts of a release.
func (p *progress) step(done, total int, what string) {
	if p.terminal {
		if p.bar == nil {
			p.bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(p.out), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100*time.Millisecond))
		}
		p.bar.ChangeMax(total)
		p.bar.Describe(what)
		_ = p.bar.Set(done) // as above
		return
	}
	if p.now().Sub(p.told) >= tellEvery {
		p.told = p.now()
		fmt.Fprintf(p.out, "%d of %d: %s\n", done, total, what)
	}
}

// done clears the bar.
func (p *progress) done() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
