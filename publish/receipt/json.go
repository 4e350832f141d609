package receipt

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
)

// WriteJSON writes the receipt as one JSON object and a line end, issue by
// issue, so that it takes no memory to speak of.
func (r *Receipt) WriteJSON(to io.Writer) error {
	type head Receipt // without the methods
	w := bufio.NewWriter(to)
	if err := opened(w, (*head)(r), `,"tables":[`); err != nil {
		return err
	}
	for i := range r.Tables {
		if i > 0 {
			w.WriteByte(',')
		}
		t := &r.Tables[i]
		if err := opened(w, t, `,"issues":[`); err != nil {
			return err
		}
		for j, at := range t.located {
			if j > 0 {
				w.WriteByte(',')
			}
			text, err := object(Issue{Place(at.row), Place(at.column), at.kind, at.value, r.words.message(t, at)})
			if err != nil {
				return err
			}
			w.Write(text)
		}
		w.WriteString("]}")
	}
	w.WriteString("]}\n")
	return w.Flush()
}

// MarshalJSON writes what WriteJSON does.
func (r *Receipt) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	err := r.WriteJSON(&out)
	return out.Bytes(), err
}

// opened writes an object without its end, and the beginning of a list that is
// its last member.
func opened(w *bufio.Writer, what any, list string) error {
	text, err := object(what)
	if err != nil {
		return err
	}
	w.Write(text[:len(text)-1])
	_, err = w.WriteString(list)
	return err
}

func object(what any) ([]byte, error) {
	var out bytes.Buffer
	in := json.NewEncoder(&out)
	in.SetEscapeHTML(false)
	err := in.Encode(what)
	return bytes.TrimRight(out.Bytes(), "\n"), err
}
