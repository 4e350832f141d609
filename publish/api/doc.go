// Package api answers programs from a release: JSON resources described by an
// OpenAPI document, and downloads of exactly a filter's payments.
//
// What comes in: GET requests; a release folder with its serve.duckdb. What
// goes out: JSON with exact totals and cursors, RFC 9457 problems, and CSV,
// Parquet and NDJSON streams of bounded memory. What it refuses: a word or
// value it does not know, a cursor of another list, more than a client's share,
// and to end a stream that failed as if it were whole.
package api
