package portal

import (
	"bufio"
	"errors"
	"fmt"
	"html/template"
	"io"
	"mime/multipart"
	"net/http"
	"path"
	"strings"
	"time"
)

// SubmitPage is the form, empty or with what is wrong with it.
type SubmitPage struct {
	Token      string // as typed, on a page that is sent back
	TokenError string
	FileError  string
	Receipt    template.HTML // of a file that cannot be read
	Smaller    string        // than this a file must be: "100MB"
}

// Wrong reports whether anything is.
func (p SubmitPage) Wrong() bool { return p.TokenError != "" || p.FileError != "" }

func (a reply) form() { a.writeForm(SubmitPage{}, http.StatusOK) }

func (a reply) writeForm(p SubmitPage, status int) {
	p.Smaller = megabytes(a.server.options.MaxSubmission)
	title := "Submit a spend file"
	if p.Wrong() {
		title = "Error: " + title
	}
	a.write(&page{template: "submit", title: title, trail: []link{{"Home", "/"}}, data: p, status: status})
}

const (
	mostToken    = 200 // bytes; a token has 55
	arrivalTime  = 10 * time.Minute
	leftoverTime = time.Minute
)

// receive takes a file in as it comes, and leads to its receipt.
func (a reply) receive() {
	if !a.server.place(a.r.Context(), a.server.arrivals) {
		a.w.Header().Set("Retry-After", "60")
		a.fail(busy())
		return
	}
	defer func() { <-a.server.arrivals }()
	// A browser shows an answer only when it could send all: what is not wanted is read too, to a limit.
	a.r.Body = http.MaxBytesReader(a.w, a.r.Body, 2*a.server.options.MaxSubmission+1<<20)
	form, key, err := a.readForm()
	switch {
	case err != nil:
		a.fail(err)
	case form.Wrong():
		a.allow(leftoverTime)
		io.Copy(io.Discard, a.r.Body) // what cannot be read was not wanted
		a.writeForm(form, http.StatusUnprocessableEntity)
	default:
		a.toReceipt(key)
	}
}

// readForm reads the token and then, handing it on, the file. A form whose
// file comes before its token is not ours.
func (a reply) readForm() (form SubmitPage, key string, err error) {
	parts, err := a.r.MultipartReader()
	if err != nil {
		return form, "", brokenForm()
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return form, "", brokenForm()
		}
		switch part.FormName() {
		case "token":
			text, err := io.ReadAll(io.LimitReader(part, mostToken))
			if err != nil {
				return form, "", brokenForm()
			}
			form.Token = strings.TrimSpace(strings.ToValidUTF8(string(text), ""))
		case "file":
			if part.FileName() != "" {
				key, err = a.takeFile(&form, part)
				return form, key, err
			}
		}
	}
	form.FileError = "Select a file"
	form.checkToken()
	return form, "", nil
}

func (p *SubmitPage) checkToken() {
	if p.Token == "" {
		p.TokenError = "Enter your submission token"
	}
}

// takeFile hands the file to the desk, and notes in the form what is wrong.
func (a reply) takeFile(form *SubmitPage, part *multipart.Part) (key string, err error) {
	form.checkToken()
	file := bufio.NewReader(part)
	if _, err := file.Peek(1); errors.Is(err, io.EOF) {
		form.FileError = "The selected file is empty"
	}
	if form.Wrong() {
		return "", nil
	}
	in := &arrival{Reader: file, left: a.server.options.MaxSubmission, began: func() { a.allow(arrivalTime) }}
	key, err = a.server.options.Desk.Submit(a.r.Context(), form.Token, sentName(part), in)
	told := declined(err)
	switch {
	case err == nil:
	case in.tooLarge:
		form.FileError = "The selected file must be smaller than " + megabytes(a.server.options.MaxSubmission)
	case in.err != nil:
		form.FileError = "The selected file could not be uploaded – try again"
	case told != nil && told.Field == "token":
		form.TokenError = told.Sentence
	case told != nil:
		form.FileError, form.Receipt = told.Sentence, told.Receipt
	default:
		return "", err
	}
	return key, nil
}

// sentName is the name that the sender's machine gives the file, without the
// folders that some browsers put before it.
func sentName(part *multipart.Part) string {
	name := path.Base(strings.ReplaceAll(part.FileName(), `\`, "/"))
	runes := []rune(strings.ToValidUTF8(name, "\uFFFD"))
	return string(runes[:min(len(runes), 200)])
}

// allow gives the sender a while more than other requests have, and us a while
// after that to answer.
func (a reply) allow(while time.Duration) {
	if a.server.options.Now == nil {
		return
	}
	now, control := a.server.options.Now(), http.NewResponseController(a.w)
	// Where it cannot be set, the server's own limits stand.
	_ = control.SetReadDeadline(now.Add(while))
	_ = control.SetWriteDeadline(now.Add(while + 5*time.Minute))
}

// arrival is a file on its way in. It remembers whose fault its end was.
type arrival struct {
	io.Reader
	left     int64
	began    func() // called at the first read
	tooLarge bool
	err      error // of the sender or the line
}

var errTooLarge = errors.New("the file is too large")

func (a *arrival) Read(p []byte) (int, error) {
	if a.began != nil {
		a.began()
		a.began = nil
	}
	n, err := a.Reader.Read(p)
	a.left -= int64(n)
	switch {
	case a.left <= 0:
		a.tooLarge = true
		return 0, errTooLarge
	case err != nil && !errors.Is(err, io.EOF):
		a.err = err
	}
	return n, err
}

// megabytes writes a limit as people know it: "100MB" for 100,000,000 bytes
// and for 104,857,600.
func megabytes(limit int64) string {
	for _, unit := range []struct {
		bytes int64
		name  string
	}{{1 << 30, "GB"}, {1e9, "GB"}, {1 << 20, "MB"}, {1e6, "MB"}, {1 << 10, "KB"}, {1e3, "KB"}} {
		if limit%unit.bytes == 0 {
			return count(limit/unit.bytes) + unit.name
		}
	}
	return fmt.Sprintf("%s bytes", count(limit))
}

func brokenForm() *problem {
	return &problem{Status: http.StatusBadRequest, Title: "The form did not arrive whole",
		Detail: "Nothing was kept. Open the form and send it again.", Next: []link{{"Submit a spend file", submitPath}}}
}
