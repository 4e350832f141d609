// Package receipt tells a publisher what was made of a file.
//
// What comes in: a file's name, hash and size, the schemas.FileReport on it and
// its located issues. What goes out: the same report as plain English for a
// terminal, as a section of an HTML page or a whole page, and as one JSON
// object (schemas/check.md gives its shape). What it refuses: to judge
// anything, and to let published text act as markup or as terminal commands.
package receipt
