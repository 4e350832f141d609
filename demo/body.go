package demo

import (
	"strings"

	"commonspend/schemas"
)

// body is a made-up public body: who it is, how much it pays and how it
// publishes. The months are counted from 1; 0 means none.
type body struct {
	schemas.Publisher
	layout       layout
	trade        trade
	lines        int // payments in an average month
	nilMonth     int
	missingMonth int
	resentMonths []int
}

const (
	councils    = 30
	trusts      = 18
	departments = 12
)

// Invented place names. A test holds them against lists of real bodies.
func councilPlaces() []string {
	return []string{
		"Ambleworth", "Bexcombe Vale", "Brackenholt", "Carrowmere", "Cinderwick", "Dapplebridge",
		"Eastmarrow", "Fennimore Hundred", "Gorsethwaite", "Hallowby", "Inglestoke", "Jessimoor Forest",
		"Kestrelford", "Larkenshaw", "Merrowdown", "Nettlecross", "Ottermouth Levels", "Penhollick Moor",
		"Quarrowden", "Rushmarsh", "Salterwyke", "Thornemarsh Wolds", "Umbermoss Edge", "Vennamere",
		"Wexmoor", "Yarrowfield", "Oxenhurst", "Pellborough", "Tansyford", "Wychmere",
	}
}

func trustPlaces() []string {
	return []string{
		"Ashmarrow", "Birchenlow", "Cobbleshaw", "Dunwater", "Elverstoke", "Fallowmead",
		"Greywether", "Hazelmarrow Vale", "Ivelmouth", "Junimere Dale", "Kingsmarrow", "Lintonwold",
		"Mistlebury", "Northmarrow", "Orchardmere Fell", "Plumsands", "Ravenscombe", "Silverwath",
	}
}

func departmentNames() []string {
	return []string{
		"Department for Bridges and Ferries", "Ministry of Orchards", "Department for Lamps and Beacons",
		"Department of Tides and Moorings", "Ministry of Hedgerows", "Department for Clocks and Almanacs",
		"Office for Windmills", "Department for Public Gardens", "Ministry of Weathervanes",
		"Department for Footpaths and Stiles", "Department of Lost Property", "Ministry of Bells",
	}
}

// makeBodies gives the sixty bodies. Nothing here depends on the seed: every
// seed has the same bodies with the same layouts.
func makeBodies() []body {
	var all []body
	for i, place := range councilPlaces() {
		b := body{layout: councilLayout(i), trade: councilTrade(), lines: 45 + (i*17)%60}
		b.Publisher = publisher(place+" District Council", "local", "Non-metropolitan district", "LGTC500", 500_00)
		all = append(all, b)
	}
	for i, place := range trustPlaces() {
		b := body{layout: trustLayout(i), trade: trustTrade(), lines: 50 + (i*13)%50}
		b.Publisher = publisher(place+" Hospitals NHS Trust", "nhs", "NHS trust", "HMT25K", 25_000_00)
		all = append(all, b)
	}
	for i, name := range departmentNames() {
		b := body{layout: departmentLayout(i), trade: departmentTrade(), lines: 60 + (i*19)%70}
		b.Publisher = publisher(name, "central", "Ministerial department", "HMT25K", 25_000_00)
		all = append(all, b)
	}
	plantEvents(all)
	return all
}

func publisher(name, sector, kind, duty string, threshold schemas.Amount) schemas.Publisher {
	id := strings.ToLower(strings.ReplaceAll(strings.TrimSuffix(name, " District Council"), " ", "-"))
	return schemas.Publisher{
		ID: id, Name: name, Sector: sector, Kind: kind, Duty: duty, Threshold: threshold,
		Licence:     "OGL-UK-3.0",
		Attribution: "Made-up data for demonstration: no real body, firm or person is meant",
	}
}

// plantEvents decides which months are nil, missing or sent twice.
func plantEvents(all []body) {
	all[4].nilMonth = 9 // December 2024
	all[councils+3].nilMonth = 17
	all[7].missingMonth = 14 // May 2025
	all[councils+trusts+5].missingMonth = 6
	for _, at := range []struct{ body, month int }{
		{0, 3}, {6, 8}, {6, 20}, {11, 12}, {19, 1}, {25, 24},
		{councils + 1, 7}, {councils + 9, 15}, {councils + trusts, 11}, {councils + trusts + 8, 22},
	} {
		all[at.body].resentMonths = append(all[at.body].resentMonths, at.month)
	}
}
