// Package schemas is the vocabulary: the types that every stage of commonspend
// reads and writes, their units, and the code lists and tables they fill.
//
// What comes in: nothing. What goes out: Amount, Date, Period, Origin, Row,
// Sheet, Payment, Issue, Account, Edition, Publisher and the embedded code
// lists. What it refuses: any import but the standard library, and any type
// that loses its origin without adding up.
package schemas
