package dataset

import "net/http"

// ranged tells of a range that cannot be sent as every problem is told.
type ranged struct {
	http.ResponseWriter
	refused bool
}

func (w *ranged) WriteHeader(status int) {
	if w.refused = status == http.StatusRequestedRangeNotSatisfiable; w.refused {
		w.Header().Del("Content-Disposition")
		tell(w.ResponseWriter, status, "The range begins after the end of the file, or cannot be read. Write it as bytes=0-999; Content-Length of a HEAD says how long the file is.")
		return
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *ranged) Write(p []byte) (int, error) {
	if w.refused {
		return len(p), nil // the standard library's own words
	}
	return w.ResponseWriter.Write(p)
}
