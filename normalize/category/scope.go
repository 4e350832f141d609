package category

// Scopes: what a payment is.
const (
	Procurement = "procurement" // goods, services, works
	Grant       = "grant"       // nothing is bought
	Transfer    = "transfer"    // money between public bodies
	Individuals = "individuals" // benefits, direct payments, allowances
	Tax         = "tax"
	Finance     = "finance" // loans, interest, pensions, claims paid
	Mixed       = "mixed"   // card batches, "Various"
	Unknown     = "unknown"
)
