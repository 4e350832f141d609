package demo

// trade is what one kind of body spends its money on, and how much.
type trade struct {
	expenses []expense
	transfer expense // to other public bodies
	personal expense // to private people
	amounts  spread
}

// expense is a publisher's ledger word, who sells it and how it is described.
type expense struct {
	kind, area string
	sells      []string
	words      []string
}

// The sigmas are 2.2 for councils and 2.1 for the others before the threshold
// cuts the lower half off, and lines of one transaction differ further; a test
// measures what comes out.
const (
	sigmaCouncil = 208007
	sigmaOther   = 198552
)

func councilTrade() trade {
	return trade{
		amounts:  spread{median: 700_00, floor: 500_00, ceiling: 3_000_000_00, sigma: sigmaCouncil},
		transfer: expense{kind: "Precepts and Levies", area: "Corporate Finance", words: []string{"Shared service charge", "Precept instalment"}},
		personal: expense{kind: "Foster carer payments", area: "Children and Families",
			words: []string{"Foster carer payment", "Council tax refund", "Disabled facilities grant", "Homelessness deposit"}},
		expenses: []expense{
			{"Waste Collection", "Environment", []string{"Waste Services", "Recycling", "Haulage"}, []string{"Kerbside collection", "Bin replacement", "Fuel surcharge"}},
			{"Repairs and Maintenance", "Housing", []string{"Roofing", "Building Services", "Plumbing"}, []string{"Void works", "Responsive repairs", "Boiler servicing"}},
			{"Agency Staff", "Human Resources", []string{"Recruitment", "Staffing"}, []string{"Temporary planner", "Interim officer", "Weekly timesheets"}},
			{"Computer Software", "ICT", []string{"Software", "Systems"}, []string{"Annual licence", "Hosting", "Support and maintenance"}},
			{"Grounds Maintenance", "Parks and Leisure", []string{"Landscapes", "Tree Care"}, []string{"Grass cutting", "Play area inspection", "Tree surgery"}},
			{"Consultants Fees", "Planning Policy", []string{"Consulting", "Planning Associates"}, []string{"Local plan evidence", "Viability study"}},
			{"Temporary Accommodation", "Housing Options", []string{"Lettings", "Guest House"}, []string{"Nightly paid rooms", "Deposit scheme"}},
			{"Utilities", "Property Services", []string{"Energy", "Water Supply"}, []string{"Electricity", "Gas", "Water rates"}},
			{"Printing and Postage", "Elections", []string{"Print", "Mailing Services"}, []string{"Poll cards", "Annual billing", "Hybrid mail"}},
			{"Legal Fees", "Legal Services", []string{"Solicitors", "Chambers"}, []string{"Counsel's opinion", "Conveyancing", "Licensing appeal"}},
		},
	}
}

func trustTrade() trade {
	return trade{
		amounts:  spread{median: 30_000_00, floor: 25_000_00, ceiling: 30_000_000_00, sigma: sigmaOther},
		transfer: expense{kind: "Healthcare from NHS bodies", area: "Contracting", words: []string{"Pathology recharge", "Shared services"}},
		personal: expense{kind: "Compensation and Ex Gratia", area: "Legal and Claims",
			words: []string{"Ex gratia payment", "Relocation expenses", "Patient travel"}},
		expenses: []expense{
			{"Drugs", "Pharmacy", []string{"Pharmaceuticals", "Medicines"}, []string{"Oncology drugs", "Homecare medicines", "Vaccines"}},
			{"Medical and Surgical Equipment", "Theatres", []string{"Surgical", "Medical Devices"}, []string{"Orthopaedic implants", "Theatre consumables", "Loan kit"}},
			{"Agency Medical", "Medical Staffing", []string{"Locums", "Medical Recruitment"}, []string{"Locum consultant", "Locum registrar"}},
			{"Agency Nursing", "Nursing", []string{"Nursing Agency", "Healthcare Staffing"}, []string{"Bank and agency nurses", "Theatre nurses"}},
			{"Building and Engineering", "Estates", []string{"Construction", "Engineering"}, []string{"Ward refurbishment", "Boiler house", "Fire doors"}},
			{"Computer Software/License", "IM&T", []string{"Software", "Health Informatics"}, []string{"Patient record system", "Imaging archive"}},
			{"Laboratory Equipment", "Pathology", []string{"Diagnostics", "Laboratories"}, []string{"Reagent rental", "Analyser service"}},
			{"Catering and Provisions", "Facilities", []string{"Catering", "Foods"}, []string{"Patient meals", "Provisions"}},
			{"Private Finance Initiative", "Estates", []string{"Hospital Partners", "Facilities Management"}, []string{"Unitary charge"}},
		},
	}
}

func departmentTrade() trade {
	return trade{
		amounts:  spread{median: 40_000_00, floor: 25_000_00, ceiling: 400_000_000_00, sigma: sigmaOther},
		transfer: expense{kind: "Grant in Aid", area: "Sponsorship", words: []string{"Grant in aid", "Resource funding"}},
		personal: expense{kind: "Compensation", area: "Central Casework",
			words: []string{"Compensation payment", "Settlement", "Bursary"}},
		expenses: []expense{
			{"Professional Services", "Policy Group", []string{"Advisory", "Consulting"}, []string{"Programme assurance", "Options appraisal", "Actuarial advice"}},
			{"IT Services", "Digital Directorate", []string{"Digital", "Systems", "Cloud"}, []string{"Hosting", "Application support", "Laptops"}},
			{"Accommodation", "Estates", []string{"Property", "Facilities"}, []string{"Rent and service charge", "Facilities management"}},
			{"Research and Development", "Science Directorate", []string{"Research", "Surveys"}, []string{"Field trial", "Annual survey", "Evidence review"}},
			{"Capital Works", "Infrastructure", []string{"Construction", "Marine Works"}, []string{"Stage payment", "Design and build"}},
			{"Training", "People Group", []string{"Learning", "Training"}, []string{"Leadership programme", "Apprenticeships"}},
			{"Advertising", "Communications", []string{"Media", "Creative"}, []string{"Campaign media", "Public notices"}},
			{"Travel", "Corporate Services", []string{"Travel", "Fleet"}, []string{"Rail warrants", "Vehicle leases"}},
		},
	}
}
