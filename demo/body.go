package demo

import (
	"strings"

	"commonspend/schemas"
)

// body is a made-up public body: who it is, how large it is and how it
// publishes. The months are counted from 1; 0 means none.
type body struct {
	schemas.Publisher
	index         int // among all sixty, whichever of them a world holds
	layout        layout
	trade         trade
	units         int64 // residents, beds or employees in 2024
	gross         bool  // publishes with VAT, whether its files say so or not
	nilMonth      int
	missingMonths []int
	resentMonths  []int
	first, last   int  // the months in which it exists
	rollUp        bool // repeats its first financial year in one file
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
		"Ministry of Windmills", "Department for Public Gardens", "Ministry of Weathervanes",
		"Department for Footpaths and Stiles", "Department of Lost Property", "Ministry of Bells",
	}
}

// makeBodies gives the sixty bodies. Nothing here depends on the seed: every
// seed has the same bodies with the same layouts.
func makeBodies() []body {
	var all []body
	for i, place := range councilPlaces() {
		b := body{layout: councilLayout(i), trade: councilTrade(), units: 55_000 + int64(i*37%97)*1_500}
		b.Publisher = publisher(place+" District Council", "local", "Non-metropolitan district", "LGTC500", 500_00)
		all = append(all, b)
	}
	for i, place := range trustPlaces() {
		b := body{layout: trustLayout(i), trade: trustTrade(), units: 350 + int64(i*53%90)*10}
		b.Publisher = publisher(place+" Hospitals NHS Trust", "nhs", "NHS trust", "HMT25K", 25_000_00)
		all = append(all, b)
	}
	for i, name := range departmentNames() {
		b := body{layout: departmentLayout(i), trade: departmentTrade(), units: 900 + int64(i*41%60)*60}
		b.Publisher = publisher(name, "central", "Ministerial department", "HMT25K", 25_000_00)
		all = append(all, b)
	}
	for i := range all {
		all[i].index, all[i].first, all[i].last = i, 1, months
		basis := all[i].layout.basis()
		all[i].gross = basis == schemas.VATGross || basis == schemas.VATUnknown && i%2 == 1
	}
	plantEvents(all)
	return all
}

func publisher(name, sector, kind, duty string, threshold schemas.Amount) schemas.Publisher {
	id := strings.ToLower(strings.ReplaceAll(strings.TrimSuffix(name, " District Council"), " ", "-"))
	return schemas.Publisher{
		ID: id, Name: name, BodyID: "XC-DEMO-" + id, Sector: sector, Kind: kind, Duty: duty, Threshold: threshold,
		Licence:     "OGL-UK-3.0",
		Attribution: "Made-up data for demonstration: no real body, firm or person is meant",
	}
}

// Councils lists the councils' publisher ids, for a world of these alone.
func Councils() []string {
	var ids []string
	for _, b := range makeBodies()[:councils] {
		ids = append(ids, b.ID)
	}
	return ids
}
