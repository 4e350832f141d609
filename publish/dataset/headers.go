package dataset

import "net/http"

const allowed = "GET, HEAD, OPTIONS"

// setHeaders lets any page read files and parts of them, and nothing be made of
// them but data.
func setHeaders(h http.Header) {
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Allow-Methods", allowed)
	h.Set("Access-Control-Allow-Headers", "If-None-Match, If-Range, Range")
	h.Set("Access-Control-Expose-Headers", "Accept-Ranges, Content-Disposition, Content-Length, Content-Range, ETag, Repr-Digest, Retry-After")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'")
}

// unread answers what does not read a file: a browser's question before it
// does, and what is refused.
func unread(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Allow", allowed)
	if r.Method == http.MethodOptions {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	tell(w, http.StatusMethodNotAllowed, "Files can only be read.")
}
