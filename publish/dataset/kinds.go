package dataset

import (
	"encoding/base64"
	"encoding/hex"
	"path"
)

// kindOf is a file's media type, by its name.
func kindOf(name string) string {
	switch path.Ext(name) {
	case ".json":
		return "application/json"
	case ".jsonld":
		return "application/ld+json"
	case ".xml":
		return "application/xml"
	case ".csv":
		return "text/csv; charset=utf-8"
	case ".txt":
		return "text/plain; charset=utf-8"
	case ".parquet":
		return "application/vnd.apache.parquet"
	case ".xlsx":
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	if name == sumsName || name == joinedSumsName {
		return "text/plain; charset=utf-8"
	}
	return "application/octet-stream"
}

// base64Of writes a hexadecimal hash as Repr-Digest has it.
func base64Of(sha string) string {
	bytes, err := hex.DecodeString(sha)
	if err != nil {
		return ""
	}
	return base64.StdEncoding.EncodeToString(bytes)
}
