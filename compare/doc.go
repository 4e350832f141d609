// Package compare makes the warehouse's derived tables, in the caller's transaction.
//
// What comes in: publishers, files, sheets, payments, and the judgements of them (lines, payees, entities). What goes out:
// editions (whose claim to a period stands), file_months, same_payments, transactions, coverage, figures, comparisons,
// benchmarks, layouts, and the issues period_shared, period_undecided, period_repeated
// and layout_changed.
// What it refuses: a median of fewer than five others, or of unlike ones; it is withheld
// with its reason, never shown as zero.
package compare
