package demo

// trade is what one kind of body spends its money on, and how much.
type trade struct {
	measure     string // what its size is counted in, a measure of denominators
	expenses    []expense
	transfer    expense // to other public bodies
	personal    expense // to private people
	extras      spread  // credits, repeats and payments to people
	transferred int64   // pence for each resident, bed or employee a year
}

// expense is a publisher's ledger word, who sells it, how it is described, and
// what a common body spends on it.
type expense struct {
	kind, area string
	category   string // CPV, "" where nothing is bought
	sells      []string
	words      []string
	rate       int64 // pence before VAT for each resident, bed or employee a year
	exempt     bool  // of VAT
}

// sigma is 3.6 divided by ln 2, in 16.16 fixed point: how far the transactions
// of one supplier in one month lie apart, before they are made to add up and cut
// at the threshold. A test measures what comes out.
const sigma = 340000

func councilTrade() trade {
	return trade{
		measure:     "population",
		extras:      spread{median: 700_00, floor: 500_00, ceiling: 2_000_00, sigma: sigma},
		transfer:    expense{kind: "Precepts and Levies", area: "Corporate Finance", words: []string{"Precept instalment", "Levy and precept"}},
		personal:    expense{kind: "Direct Payments", area: "Adult Social Care", words: []string{"Foster carer allowances and direct payments", "Direct payments to clients"}},
		transferred: 12_00,
		expenses: []expense{
			{"Waste Collection", "Environment", "90500000-2", []string{"Waste Services", "Recycling"}, []string{"Kerbside waste collection", "Waste collection"}, 54_00, false},
			{"Building Works", "Housing", "45000000-7", []string{"Construction", "Building Services"}, []string{"Building works", "Building works to homes"}, 84_00, false},
			{"Agency Staff", "Human Resources", concentratedCategory, []string{"Recruitment", "Staffing"}, []string{"Temporary agency staff", "Agency staff timesheets"}, 48_00, false},
			{"Software Licences", "ICT", dearCategory, []string{"Software"}, []string{"Software licence", "Annual software licence"}, 24_00, false},
			{"Grounds Maintenance", "Grounds Maintenance", "77300000-3", []string{"Grounds Maintenance"}, []string{"Grounds maintenance", "Grounds maintenance and grass cutting"}, 27_00, false},
			{"Electricity", "Property Services", "09300000-2", []string{"Energy"}, []string{"Electricity supply", "Electricity supply charges"}, 30_00, false},
			{"Legal Fees", "Legal Services", "79100000-5", []string{"Solicitors", "Chambers"}, []string{"Legal advice", "Legal fees and conveyancing"}, 15_00, false},
			{"Office Cleaning", "Property Services", "90900000-6", []string{"Cleaning"}, []string{"Office cleaning", "Cleaning of offices"}, 13_20, false},
			{"Security Services", "Property Services", "79700000-1", []string{"Security"}, []string{"Security guarding", "Security guards"}, 10_80, false},
			{"Insurance", "Corporate Finance", "66500000-5", []string{"Insurance Brokers"}, []string{"Insurance premium", "Insurance premiums"}, 12_00, true},
			{"Staff Training", "Human Resources", "80500000-9", []string{"Training"}, []string{"Staff training course", "Training course"}, 9_00, false},
			{"Translation and Interpreting", "Customer Services", soleCategory, []string{"Translation"}, []string{"Interpreting and translation", "Translation and interpreting"}, 4_80, false},
		},
	}
}

func trustTrade() trade {
	return trade{
		measure:     "beds",
		extras:      spread{median: 30_000_00, floor: 25_000_00, ceiling: 60_000_00, sigma: sigma},
		transfer:    expense{kind: "Levies and Precepts", area: "Contracting", words: []string{"Shared NHS service recharge", "NHS recharge"}},
		personal:    expense{kind: "Direct Payments", area: "Continuing Healthcare", words: []string{"Carer allowances and direct payments"}},
		transferred: 9_000_00,
		expenses: []expense{
			{"Drugs", "Pharmacy", "33600000-6", []string{"Pharmaceuticals", "Pharma"}, []string{"Pharmaceutical drugs", "Pharmaceutical drugs and vaccines"}, 240_000_00, false},
			{"Medical and Surgical Equipment", "Theatres", "33100000-1", []string{"Surgical", "Surgical Instruments"}, []string{"Medical and surgical equipment", "Surgical instruments and medical equipment"}, 144_000_00, false},
			{"Agency Staff", "Nursing", "79600000-0", []string{"Nursing Agency", "Locums"}, []string{"Temporary agency nurses", "Agency staff: locum doctor"}, 120_000_00, false},
			{"Building Works", "Estates", "45000000-7", []string{"Construction", "Building Services"}, []string{"Ward building works", "Building works"}, 90_000_00, false},
			{"Software Licences", "IM&T", "48000000-8", []string{"Software"}, []string{"Software licence", "Annual software licence"}, 54_000_00, false},
			{"Catering Services", "Facilities", "55500000-5", []string{"Catering"}, []string{"Catering services", "Patient catering services"}, 48_000_00, false},
			{"Legal Fees", "Corporate Services", "79100000-5", []string{"Solicitors"}, []string{"Legal advice", "Legal fees"}, 30_000_00, false},
			{"Electricity", "Estates", "09300000-2", []string{"Energy"}, []string{"Electricity supply", "Electricity supply charges"}, 42_000_00, false},
		},
	}
}

func departmentTrade() trade {
	return trade{
		measure:     "employees",
		extras:      spread{median: 40_000_00, floor: 25_000_00, ceiling: 80_000_00, sigma: sigma},
		transfer:    expense{kind: "Grant in Aid", area: "Sponsorship", words: []string{"Grant in aid", "Grant in aid instalment"}},
		personal:    expense{kind: "Direct Payments", area: "Central Casework", words: []string{"Carer allowances and direct payments"}},
		transferred: 20_000_00,
		expenses: []expense{
			{"Application Support", "Digital Directorate", "72000000-5", []string{"Digital", "Cloud"}, []string{"Application support", "Hosting and application support"}, 54_000_00, false},
			{"Rent of Offices", "Estates", "70200000-3", []string{"Property"}, []string{"Rent and service charge", "Rent of offices"}, 42_000_00, true},
			{"Research and Development", "Science Directorate", "73100000-3", []string{"Research"}, []string{"Research and development", "Research and development study"}, 30_000_00, false},
			{"Building Works", "Infrastructure", "45000000-7", []string{"Construction"}, []string{"Building works", "Building works stage payment"}, 60_000_00, false},
			{"Staff Training", "People Group", "80500000-9", []string{"Training"}, []string{"Training course", "Staff training course"}, 9_000_00, false},
			{"Advertising", "Communications", "79300000-7", []string{"Media"}, []string{"Advertising campaign", "Campaign advertising"}, 15_000_00, false},
			{"Agency Staff", "People Group", "79600000-0", []string{"Recruitment", "Staffing"}, []string{"Temporary agency staff", "Agency staff timesheets"}, 24_000_00, false},
			{"Legal Fees", "Legal Group", "79100000-5", []string{"Solicitors"}, []string{"Legal advice", "Legal fees"}, 12_000_00, false},
		},
	}
}
