package api

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
)

// cursor is a place in a list: after which row, of which list. It carries the
// list's totals, which are counted once.
type cursor struct {
	Release string   `json:"r"`
	List    string   `json:"l"` // a hash of the address without cursor and limit
	After   []string `json:"a"`
	Count   int64    `json:"c"`
	Pence   int64    `json:"p"`
}

// String writes the cursor for an address. What it holds is nobody's business,
// and may change.
func (c cursor) String() string {
	text, _ := json.Marshal(c) // strings and numbers always marshal
	return base64.RawURLEncoding.EncodeToString(text)
}

// listOf names the list that an address asks for.
func listOf(path string, query url.Values) string {
	rest := url.Values{}
	for name, values := range query {
		if name != "cursor" && name != "limit" {
			rest[name] = slices.Sorted(slices.Values(values))
		}
	}
	sum := sha256.Sum256([]byte(path + "?" + rest.Encode()))
	return hex.EncodeToString(sum[:8])
}

// readCursor reads a cursor of a list whose key has so many columns. A nil
// cursor is the list's beginning.
func readCursor(text, release, list string, columns int) (*cursor, error) {
	if text == "" {
		return nil, nil
	}
	var c cursor
	bytes, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err == nil {
		err = json.Unmarshal(bytes, &c)
	}
	switch {
	case err != nil || len(c.After) != columns || c.String() != text:
		return nil, problem(http.StatusBadRequest, "The cursor cannot be read; it may have been cut. Take the whole of `next` as it was given, or begin without a cursor.")
	case c.List != list:
		return nil, problem(http.StatusBadRequest, "The cursor is of another list. Ask with the same filters as the page it came from, or begin without a cursor.")
	case c.Release != release:
		return nil, problem(http.StatusGone, "The list was begun over release "+c.Release+", and release "+release+" is served now. Begin again without a cursor.")
	}
	return &c, nil
}
