// Package publish makes a release of what the warehouse holds: built aside,
// checked against the last release, renamed into place.
//
// What comes in: an open warehouse whose derived tables are up to date. What
// goes out: immutable objects and a release folder, its export and its proof.
// What it refuses: data without a licence to republish, text that may name a
// private person, and a release that lost or moved too much since the last.
package publish
