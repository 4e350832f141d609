// Package portal shows a release to people: server-rendered pages without
// JavaScript, each also as JSON at the same address with ".json" added.
//
// What comes in: a release's serve.duckdb, opened read-only, and its folder;
// files that publishers submit, which go to a Desk. What goes out: HTML, JSON,
// the release's files, with its number on all of them. What it refuses: to
// write, to load anything from elsewhere, or to answer from two releases.
package portal
