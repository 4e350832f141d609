package portal

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"time"
)

// The style sheet is made by npm, not kept in the repository. The marker file
// beside it has a sentence for a name, so that a go build without it fails
// with "pattern assets/dist/The style sheet is not built yet, run make build".
//
//go:embed "assets/dist/The style sheet is not built yet, run make build"
//go:embed assets/dist/portal.css assets/icon.svg
var dist embed.FS

// style is the one style sheet, at an address that changes with its bytes.
type style struct {
	css, icon []byte
	path      string
}

const iconPath = "/assets/icon.svg"

func loadStyle() (style, error) {
	css, err := dist.ReadFile("assets/dist/portal.css")
	if err != nil {
		return style{}, err
	}
	icon, err := dist.ReadFile("assets/icon.svg")
	if err != nil {
		return style{}, err
	}
	sum := sha256.Sum256(css)
	return style{css: css, icon: icon, path: "/assets/portal-" + hex.EncodeToString(sum[:6]) + ".css"}, nil
}

// serve answers for the style sheet and the icon, and reports whether it did.
func (s style) serve(w http.ResponseWriter, r *http.Request) bool {
	switch r.URL.Path {
	case s.path:
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(s.css))
	case iconPath:
		w.Header().Set("Content-Type", "image/svg+xml")
		w.Header().Set("Cache-Control", "public, max-age=86400")
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(s.icon))
	default:
		return false
	}
	return true
}

// hashAll is a short hash of every embedded file, by name and content.
func hashAll(systems ...embed.FS) (string, error) {
	sum := sha256.New()
	for _, files := range systems {
		err := fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			text, err := files.ReadFile(path)
			fmt.Fprintf(sum, "%s %d\n%s", path, len(text), text)
			return err
		})
		if err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:6]), nil
}
