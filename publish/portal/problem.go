package portal

import (
	"context"
	"errors"
	"net/http"
)

// problem is an answer that is not the page asked for: what happened, and
// where to go. It is an error so that handlers can return it.
type problem struct {
	Status int    `json:"status"`
	Title  string `json:"title"`
	Detail string `json:"detail"`
	Next   []link `json:"next"`
}

// link is an address on this site and the words for it.
type link struct {
	Text string `json:"text"`
	URL  string `json:"url"`
}

func (p *problem) Error() string { return p.Title + ": " + p.Detail }

func notFound(detail string) *problem {
	return &problem{Status: http.StatusNotFound, Title: "Page not found", Detail: detail, Next: []link{
		{"See the bodies in this release", "/bodies"}, {"See which months are held", "/coverage"}, {"Go to the home page", "/"}}}
}

func badRequest(detail string, next ...link) *problem {
	return &problem{Status: http.StatusBadRequest, Title: "There is a problem with the address", Detail: detail,
		Next: append(next, link{"Go to the home page", "/"})}
}

func notAllowed() *problem {
	return &problem{Status: http.StatusMethodNotAllowed, Title: "This page can only be read",
		Detail: "Pages answer GET and HEAD requests. Nothing can be sent to them.", Next: []link{{"Go to the home page", "/"}}}
}

func noRelease(refused string) *problem {
	if refused != "" {
		return &problem{Status: http.StatusServiceUnavailable, Title: "The release is damaged",
			Detail: "Release " + refused + " is damaged where this site is kept, and there is no earlier one to show. The operator has been told.", Next: []link{{"Try again", "/"}}}
	}
	return &problem{Status: http.StatusServiceUnavailable, Title: "No release is published yet",
		Detail: "The first release is still being made. Try again in a minute.", Next: []link{{"Try again", "/"}}}
}

func busy() *problem {
	return &problem{Status: http.StatusServiceUnavailable, Title: "Too many people are asking at once",
		Detail: "This page was not made. Try again in a few seconds.", Next: []link{{"Go to the home page", "/"}}}
}

func tooMany() *problem {
	return &problem{Status: http.StatusTooManyRequests, Title: "Too many requests at once from your address",
		Detail: "Ask for one page after another, or download the data whole: that is quicker.",
		Next:   []link{{"Download the data", "/datasets"}, {"Go to the home page", "/"}}}
}

func damaged(name string) *problem {
	return &problem{Status: http.StatusServiceUnavailable, Title: "This file is damaged and is not sent",
		Detail: "The copy of " + name + " that is kept here is not the one that was published. The operator has been told; what is on the pages is not affected.",
		Next:   []link{{"See the other downloads", "/datasets"}, {"Go to the home page", "/"}}}
}

// withheld is told where a release does not hold what a page is made from.
func withheld(what string) *problem {
	return &problem{Status: http.StatusNotFound, Title: "Not in this release", Detail: "This release holds no " + what + ". A later one may.",
		Next: []link{{"See the bodies in this release", "/bodies"}, {"Go to the home page", "/"}}}
}

// asProblem turns any error into what the reader is told; ours says that it is
// ours and nothing about the inside.
func asProblem(err error) *problem {
	var told *problem
	switch {
	case errors.As(err, &told):
		return told
	case errors.Is(err, context.DeadlineExceeded):
		return &problem{Status: http.StatusServiceUnavailable, Title: "This page took too long",
			Detail: "It was stopped so that others can be answered. Ask for less, such as one month, or download the data.",
			Next:   []link{{"Download the data", "/datasets"}, {"Go to the home page", "/"}}}
	}
	return &problem{Status: http.StatusInternalServerError, Title: "Sorry, there is a problem with this page",
		Detail: "The fault is ours and has been recorded. The data can still be downloaded.",
		Next:   []link{{"Download the data", "/datasets"}, {"Go to the home page", "/"}}}
}
