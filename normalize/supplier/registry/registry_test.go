package registry

import (
	"archive/zip"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"commonspend/normalize/supplier"
)

const companiesHeader = "CompanyName, CompanyNumber,RegAddress.PostCode,CompanyStatus,DissolutionDate,IncorporationDate,SICCode.SicText_1, PreviousName_1.CompanyName\n"

const accountsHeader = "CompanyName, CompanyNumber,RegAddress.PostCode,CompanyStatus,Accounts.AccountCategory\n"

const charitiesHeader = "registered_charity_number\tlinked_charity_number\tcharity_name\tcharity_registration_status\tdate_of_registration\tdate_of_removal\tcharity_contact_postcode\n"

const charityJSON = `[{"registered_charity_number":1000001,"linked_charity_number":0,"charity_name":"SKYFERROW HOSPICE","charity_registration_status":"Registered",
"date_of_registration":"1990-02-01T00:00:00","date_of_removal":null,"charity_contact_postcode":"ZZ1 1AA"}]`

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(kind Kind, path string) ([]supplier.Entry, error) {
	var got []supplier.Entry
	_, err := Read(kind, path, func(e supplier.Entry) error {
		got = append(got, e)
		return nil
	})
	return got, err
}

func TestRead(t *testing.T) {
	skyferrow := supplier.Entry{Register: "charity", Number: "1000001", Name: "SKYFERROW HOSPICE", Postcode: "ZZ1 1AA", Status: "live", From: "1990-02-01"}
	for _, c := range []struct {
		kind Kind
		text string
		want supplier.Entry
	}{
		{Companies, companiesHeader + `"OTTERMARSH GROUP LIMITED","104","ZZ1 1AA","Active","","01/02/2003","62020","PENDLEWICK LIMITED"` + "\n",
			supplier.Entry{Register: "company", Number: "00000104", Name: "OTTERMARSH GROUP LIMITED", Postcode: "ZZ1 1AA", Status: "live", From: "2003-02-01", FormerNames: []string{"PENDLEWICK LIMITED"}}},
		{Companies, companiesHeader + "ASHBARROW LLP,OC300001,,Dissolved,31/12/2015,,,\n",
			supplier.Entry{Register: "company", Number: "OC300001", Name: "ASHBARROW LLP", Status: "ended", To: "2015-12-31"}},
		{Companies, accountsHeader + "ASHBARROW LTD,00000101,ZZ1 1AA,Active,MICRO ENTITY\n",
			supplier.Entry{Register: "company", Number: "00000101", Name: "ASHBARROW LTD", Postcode: "ZZ1 1AA", Status: "live", Size: "small"}},
		{Companies, accountsHeader + "ASHBARROW LTD,00000101,,Active,GROUP\n",
			supplier.Entry{Register: "company", Number: "00000101", Name: "ASHBARROW LTD", Status: "live", Size: "other"}},
		{Companies, accountsHeader + "ASHBARROW LTD,00000101,,Active,NO ACCOUNTS FILED\n",
			supplier.Entry{Register: "company", Number: "00000101", Name: "ASHBARROW LTD", Status: "live"}},
		{Charities, charitiesHeader + "1000001\t0\tSKYFERROW HOSPICE\tRegistered\t1990-02-01 00:00:00\t\tZZ1 1AA\n", skyferrow},
		{Charities, charityJSON, skyferrow},
		{Bodies, `"R0A","TOLVADDON NHS TRUST","Y1","Q1","","","","","","ZZ2 2BB","20010401","20201231",""` + "\n",
			supplier.Entry{Register: "body", Number: "R0A", Name: "TOLVADDON NHS TRUST", Postcode: "ZZ2 2BB", Status: "ended", From: "2001-04-01", To: "2020-12-31"}},
	} {
		got, err := read(c.kind, write(t, "file", "\ufeff"+c.text))
		if err != nil || len(got) != 1 || !reflect.DeepEqual(got[0], c.want) {
			t.Errorf("%s:\n%s\ngot %+v, %v\nwant %+v", c.kind, c.text, got, err, c.want)
		}
	}
}

func TestRefuses(t *testing.T) {
	for _, c := range []struct {
		kind           Kind
		text, sentence string
	}{
		{Companies, "", "the file is empty"},
		{Companies, companiesHeader, "the file has no entries"},
		{Companies, "name,number\n", `line 1: there is no column "CompanyName"`},
		{Companies, companiesHeader + "ASH LTD,00000101,,Active,,,,\nOAK LTD,12X4,,Active,,,,\n", `line 3: "12X4" is no company number`},
		{Companies, companiesHeader + "ASH LTD,00000101,,Active,,1 May,,\n", `line 2: "1 May" is no date`},
		{Companies, companiesHeader + "ASH LTD,00000101\n", "line 2: it has another number of columns"},
		{Companies, companiesHeader + "ASH LTD,00000101,,Active,,31/02/2003,,\n", `line 2: "31/02/2003" is no date`},
		{Companies, companiesHeader + "ASH LTD,00000101,,Active,,,,\nOAK \xff LTD,00000102,,Active,,,,\n", "line 3: its bytes are not UTF-8"},
		{Companies, companiesHeader + "\"ASH LTD,00000101,,Active,,,,\n", "line 2: a quotation mark is out of place"},
		{Companies, companiesHeader + "ASH LTD,00000101,,Active,,,,\nOAK LTD,101,,Active,,,,\n", "the number 00000101 stands in it twice"},
		{Charities, charitiesHeader + "12\t0\tASH\tRegistered\t\t\t\n", `line 2: "12" is no charity number`},
		{Charities, "[]", "no entries"},
		{Charities, charityJSON[:90], "cut short"},
		{Charities, `[{"a":1}]`, `line 1: the entry has no "registered_charity_number"`},
		{Bodies, "code,name\n", "line 1: the line should have 12 columns or more, and has 2"},
		{Bodies, "", "empty"},
		{"churches", "", "no register is called"},
	} {
		_, err := Check(c.kind, write(t, "file", c.text))
		var refused *Refused
		if !errors.As(err, &refused) || !strings.Contains(err.Error(), c.sentence) {
			t.Errorf("%s %q: %v, want %q", c.kind, c.text, err, c.sentence)
		}
	}
}

func TestZip(t *testing.T) {
	path := filepath.Join(t.TempDir(), "companies.zip")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	archive := zip.NewWriter(file)
	for i, name := range []string{"one.csv", "two.csv"} {
		member, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := member.Write([]byte(companiesHeader + "ASHBARROW LTD,00000101,,Active,,,,\n")); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			copied := filepath.Join(t.TempDir(), "one.zip")
			twin(t, copied)
			if got, err := read(Companies, copied); err != nil || len(got) != 1 {
				t.Errorf("a zip of one file: %v, %v", got, err)
			}
		}
	}
	if err := errors.Join(archive.Close(), file.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := read(Companies, path); err == nil || !strings.Contains(err.Error(), "holds 2 files") {
		t.Errorf("a zip of two files: %v", err)
	}
}

// twin writes a zip of one file.
func twin(t *testing.T, path string) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	archive := zip.NewWriter(file)
	member, err := archive.Create("one.csv")
	if err == nil {
		_, err = member.Write([]byte(companiesHeader + "ASHBARROW LTD,00000101,,Active,,,,\n"))
	}
	if err := errors.Join(err, archive.Close(), file.Close()); err != nil {
		t.Fatal(err)
	}
}

// TestPublished reads the lists of the Organisation Data Service as published.
func TestPublished(t *testing.T) {
	paths, _ := filepath.Glob("../../../../shared/data/reference/bodies/nhs/nhs-ods-*.csv")
	if len(paths) == 0 {
		t.Skip("../shared/data is absent")
	}
	for _, path := range paths {
		if got, err := Check(Bodies, path); err != nil || got < 200 {
			t.Errorf("%s: %d entries, %v", filepath.Base(path), got, err)
		}
	}
}
