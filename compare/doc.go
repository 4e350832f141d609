// Package compare makes the warehouse's derived tables, in the caller's transaction.
//
// What comes in: publishers, files, sheets, payments. What goes out: editions (whose claim to a
// period stands), file_months, coverage, figures, comparisons, layouts, and the issues period_shared
// and layout_changed.
// What it refuses: a median of fewer than five others, or of unlike ones; it is withheld
// with its reason, never shown as zero.
package compare
