package portal

const (
	downloadsAPage = 100
	datasetsAPage  = 80
)

// Datasets is what can be downloaded, by publisher.
type Datasets struct {
	Publishers []Dataset `json:"publishers"`
	Release    []Dataset `json:"release"` // what is of no single publisher
	Next       string    `json:"next"`
}

// Dataset is a publisher's files, or the release's own where Publisher is "".
type Dataset struct {
	Publisher   string `json:"publisher"`
	Name        string `json:"name"`
	Slug        string `json:"slug"`
	Licence     string `json:"licence"`
	Attribution string `json:"attribution"`
	Files       int64  `json:"files"`
	Rows        int64  `json:"rows"`
	Bytes       int64  `json:"bytes"`
	URL         string `json:"url"`
}

// DatasetPage is one page of a dataset's files.
type DatasetPage struct {
	Dataset   Dataset    `json:"dataset"`
	Downloads []Download `json:"downloads"`
	Laid      []link     `json:"forms"`   // the same as CSV, and for Excel
	CSV       string     `json:"csv_url"` // of all its payments, as programs are given them; "" for the release's own files
	Next      string     `json:"next"`
}

// Download is a file of the release.
type Download struct {
	Dataset       string `json:"dataset"`
	FinancialYear string `json:"financial_year"`
	Name          string `json:"name"` // dataset/owner/financial year
	SHA256        string `json:"sha256"`
	Bytes         int64  `json:"bytes"`
	Rows          int64  `json:"rows"`
	URL           string `json:"url"`

	path string // where it lies below the data directory
}

// programsPath is where package publish/api answers beside the portal.
const programsPath = "/api/v1/"

// ofRelease stands in an address for the files of no single publisher. No
// publisher's slug has an underscore.
const ofRelease = "release_files"

func (r *request) datasets() (*page, error) {
	after := Dataset{}
	if slug := r.query.Get("after"); slug != "" {
		found, err := r.listDatasets(slug, after)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, badRequest("The place in the list that the address names is not in this release.", link{"See the first page", "/datasets"})
		}
		after = found[0]
	}
	found, err := r.listDatasets("", after)
	if err != nil {
		return nil, err
	}
	data := Datasets{Publishers: []Dataset{}, Release: []Dataset{}}
	if len(found) > datasetsAPage {
		found = found[:datasetsAPage]
		data.Next = address("/datasets", "after", found[datasetsAPage-1].Slug)
	}
	for _, d := range found {
		if d.Publisher == "" {
			data.Release = append(data.Release, d)
		} else {
			data.Publishers = append(data.Publishers, d)
		}
	}
	t := newTable("publisher", "name", "licence", "attribution", "files", "payments", "bytes", "url")
	for _, d := range data.Publishers {
		t.add(d.Publisher, d.Name, d.Licence, d.Attribution, d.Files, d.Rows, d.Bytes, d.URL)
	}
	return &page{template: "datasets", table: t, title: "Downloads", section: "Downloads", trail: []link{{"Home", "/"}}, data: data, absent: downloadAbsences()}, nil
}

func downloadAbsences() []string {
	return []string{"The publishers' own files: they are with the publishers. Each file's receipt here has its hash, by which to know it.",
		"What a publisher without a recorded licence published: it may not be passed on.",
		"The names of payees who may be private people: a class and an opaque key stand in their place.",
		"Rows that are not payments, such as totals and notes: each file's receipt accounts for them."}
}

// listDatasets lists what can be downloaded after a dataset in the order of
// names, or only what has one slug. The release's own comes first.
func (r *request) listDatasets(slug string, after Dataset) ([]Dataset, error) {
	found, err := list(r, r.db, "datasets", func(d *Dataset) []any {
		return []any{&d.Publisher, &d.Name, &d.Slug, &d.Licence, &d.Attribution, &d.Files, &d.Rows, &d.Bytes}
	}, values{"slug": slug, "release": ofRelease, "all": after.Slug == "", "name": after.Name, "publisher": after.Publisher, "limit": datasetsAPage + 1})
	for i := range found {
		found[i].URL = "/datasets/" + found[i].Slug
	}
	return found, err
}

func (r *request) dataset() (*page, error) {
	found, err := r.listDatasets(r.path["dataset"], Dataset{})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, notFound("No publisher of this name has files in release " + r.Number + ".")
	}
	data := DatasetPage{Dataset: found[0]}
	if found[0].Publisher != "" {
		data.CSV = address(programsPath+"payments.csv", "publisher", found[0].Publisher, "for", "excel")
	}
	data.Downloads, err = list(r, r.db, "downloads", func(d *Download) []any {
		return []any{&d.Dataset, &d.FinancialYear, &d.Name, &d.SHA256, &d.Bytes, &d.Rows}
	}, values{"publisher": found[0].Publisher, "after": r.query.Get("after"), "limit": downloadsAPage + 1})
	if len(data.Downloads) > downloadsAPage {
		data.Downloads = data.Downloads[:downloadsAPage]
		data.Next = address(found[0].URL, "after", data.Downloads[downloadsAPage-1].Name)
	}
	if data.Laid = r.laid(r.Number, "payments/"+found[0].Slug+"/"); found[0].Publisher == "" {
		data.Laid = r.laid(r.Number, "payments")
	}
	for i, d := range data.Downloads {
		data.Downloads[i].URL = downloadURL(d.Name)
	}
	t := newTable("dataset", "financial_year", "name", "sha256", "bytes", "rows", "url")
	for _, d := range data.Downloads {
		t.add(d.Dataset, d.FinancialYear, d.Name, d.SHA256, d.Bytes, d.Rows, d.URL)
	}
	return &page{template: "dataset", table: t, title: "Downloads: " + shown(found[0].Name), section: "Downloads", data: data,
		trail: []link{{"Home", "/"}, {"Downloads", "/datasets"}}, absent: downloadAbsences()}, err
}
