// Package portal shows a release to people: server-rendered pages without
// JavaScript, each also as JSON at the same address with ".json" added.
//
// What comes in: a release's serve.duckdb, opened read-only, and its folder;
// files that publishers submit, which go to a Desk. What goes out: HTML, JSON,
// CSV, a site map, the release's files, with its number on all of them. What it
// refuses: to write, to load anything from elsewhere, to answer from two
// releases, to send a file that is not as it was published, or to hold a place
// for a reader who reads slowly.
//
// It is larger than a stage aims to be because it holds some thirty pages, each
// a file with its query and its template; what they share (request, page,
// answer, release) is small. The drawing of charts stands apart in package
// chart.
package portal
