// Package filter narrows published payments: the one meaning that the words of
// an address have, for pages, the API and downloads alike.
//
// What comes in: an address's query. What goes out: a typed Filter, its address
// in one spelling, and the condition it puts to serve.duckdb, with every value
// bound. What it refuses: a word it does not know (it names the nearest), a
// value that cannot be read, and a range whose end lies before its beginning.
package filter
