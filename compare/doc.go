// Package compare makes the warehouse's derived tables, in the caller's transaction.
//
// What comes in: publishers, files, payments. What goes out: editions (whose claim to a
// period stands), file_months, coverage, figures, comparisons, and period_shared issues.
// What it refuses: a median of fewer than five others, or of unlike ones; it is withheld
// with its reason, never shown as zero.
package compare
