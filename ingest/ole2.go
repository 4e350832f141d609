package ingest

import (
	"github.com/richardlehane/mscfb"
)

// ole2 reads what is in the container that Office used before 2007, and still
// uses to wrap what a password protects. Its streams tell what it is.
func (o *opening) ole2(c content) (string, error) {
	at, _, err := c.at()
	if err != nil {
		return "", c.damaged(err)
	}
	container, err := mscfb.New(at)
	if err != nil {
		return "", refuse(c.member, "unreadable", "is a damaged workbook", "open it, save it as XLSX and send that")
	}
	kind := ""
	for _, stream := range container.File {
		switch stream.Name {
		case "EncryptedPackage":
			return "", refuseKind(c.member, "encrypted")
		case "Workbook", "Book":
			kind = "xls"
		case "WordDocument":
			kind = "word"
		case "PowerPoint Document":
			kind = "slides"
		}
	}
	if kind == "xls" {
		return o.workbook(c, "xls", openXLS)
	}
	return "", refuseKind(c.member, kind)
}
