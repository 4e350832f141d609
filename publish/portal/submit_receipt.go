package portal

import (
	"context"
	"database/sql"
	"net/http"
	"net/url"
	"time"
)

// ReceiptPage is a submission, what can be done with it, and what stands in
// its place in the release that is served.
type ReceiptPage struct {
	*Submission
	Address string
	Held    []heldFile // standing files of the same period, which it may replace
	Page    string     // of the file, once a release has it
	Problem string     // why what was asked was not done
}

// heldFile is a file in the release.
type heldFile struct {
	Name, URL string
	SameName  bool // so that the later replaces the earlier
}

// Day is when the file was sent.
func (p ReceiptPage) Day() Day { return Day(p.Sent.UTC().Format(time.DateOnly)) }

// Time is the hour and minute of it.
func (p ReceiptPage) Time() string { return p.Sent.UTC().Format("15:04") }

// Period is what the file claims to cover.
func (p ReceiptPage) Period() string { return periodWords(p.From, p.To) }

// receipt shows a submission.
func (a reply) receipt(key string) { a.showReceipt(key, nil) }

// readingTime is how long a file may take to be read once more for its receipt.
const readingTime = 2 * time.Minute

// decide confirms or withdraws a submission and leads back to it.
func (a reply) decide(key string, do func(key string) error) {
	err := do(key)
	switch told := declined(err); {
	case err == nil:
		a.toReceipt(key)
	case told != nil:
		a.showReceipt(key, told)
	default:
		a.fail(err)
	}
}

func (a reply) toReceipt(key string) {
	http.Redirect(a.w, a.r, submitPath+"/"+url.PathEscape(key), http.StatusSeeOther)
}

func (a reply) find(key string) (*Submission, error) {
	ctx, cancel := context.WithTimeout(a.r.Context(), readingTime)
	defer cancel()
	if !a.server.place(ctx, a.server.places) {
		return nil, busy()
	}
	defer func() { <-a.server.places }()
	return a.server.options.Desk.Find(ctx, key)
}

// showReceipt shows a submission, and why something was not done with it.
func (a reply) showReceipt(key string, told *Declined) {
	found, err := a.find(key)
	if err == nil && found == nil {
		err = noSubmission()
	}
	if err != nil {
		a.fail(err)
		return
	}
	shown := ReceiptPage{Submission: found, Address: submitPath + "/" + url.PathEscape(key)}
	if err := shown.lookUp(a.r.Context(), a.release); err != nil {
		a.fail(err)
		return
	}
	title, status := "Receipt of a spend file", http.StatusOK
	if told != nil {
		shown.Problem = told.Sentence
		title, status = "Error: "+title, http.StatusConflict
	}
	a.write(&page{template: "submission", title: title, trail: []link{{"Home", "/"}, {"Submit a spend file", submitPath}}, data: shown, status: status})
}

// lookUp finds in the release the file that the submission became, or those
// that it may replace.
func (p *ReceiptPage) lookUp(ctx context.Context, held *release) error {
	if held == nil {
		return nil
	}
	if p.FileNo != 0 {
		place, ok, err := one(ctx, held.db, "submission_file", func(u *string) []any { return []any{u} }, values{"file_no": p.FileNo})
		if ok {
			p.Page = place
		}
		if err != nil || ok {
			return err
		}
	}
	if p.State == "withdrawn" || p.From == "" || p.To == "" {
		return nil
	}
	var err error
	p.Held, err = heldFiles(ctx, held.db, p.Submission)
	return err
}

func heldFiles(ctx context.Context, db *sql.DB, s *Submission) ([]heldFile, error) {
	return list(ctx, db, "submission_held", func(f *heldFile) []any { return []any{&f.Name, &f.URL, &f.SameName} },
		values{"publisher": s.Publisher, "duty": s.Duty, "from": string(s.From), "to": string(s.To), "name": s.Name})
}
