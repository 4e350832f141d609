// Package dataset lays a release out as files to take away, and sends them.
//
// What comes in: a finished release. What goes out: a folder per release that
// never changes: Parquet, CSV, CSV and workbooks for Excel, descriptions for
// people and programs (Data Package, CSVW, DCAT, schema.org, sitemap), what
// changed since the last release, and SHA256SUMS; and a log of corrections over
// all releases. What it refuses: to send a
// file whose bytes it cannot vouch for, and a release that was withdrawn.
package dataset
