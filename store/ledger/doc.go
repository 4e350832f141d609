// Package ledger keeps what cannot be made again: the originals, byte for
// byte, and the journal of what was done.
//
// What comes in: streams of bytes, and events. What goes out: originals named
// by their SHA-256, and a journal of one JSON line an event, each line holding
// the hash of the one before. What it refuses: to change or remove either, and
// to read past a line whose chain is broken (Damage).
package ledger
