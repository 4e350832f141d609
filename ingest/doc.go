// Package ingest turns a source into a file kept by its hash, and a file's
// bytes into physical rows.
//
// What comes in: a schedule and addresses, or the path of an original. What
// goes out: originals with the events that brought them, and from Open sheets
// of untouched rows with their origins. What it refuses: to judge a row, to
// trust a file's name, and bytes that are no table (a *schemas.Refusal says so).
package ingest
