// Package normalize turns physical rows into payments and issues.
//
// What comes in: a file's sheets (re-readable rows) and what is known about the
// file: its publisher, its name, what its sender declared. What goes out, to a
// Sink: payments in common terms and issues, and a FileReport whose accounts
// place every row and every penny. What it refuses: a file that holds no table
// of payments, with a sentence that says so; nothing of it reaches the Sink.
package normalize
