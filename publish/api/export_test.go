package api

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestExcelKeepsTextAsText(t *testing.T) {
	s := serving(t, Options{})
	address := "/payments.csv?body=GB-XX-001&expense_type=" // to all of its rows
	plain, excel := get1(s, address).Body.String(), get1(s, address+"&for=excel").Body.String()
	if strings.HasPrefix(plain, "\ufeff") || !strings.HasPrefix(excel, "\ufefffile,") {
		t.Error("only the one for a spreadsheet begins with a byte order mark")
	}
	if !strings.Contains(plain, "\"=1+1, \"\"quoted\"\"\né\"") || !strings.Contains(excel, "\"'=1+1, \"\"quoted\"\"\né\"") || !strings.Contains(excel, ",\"'-2+3\",") {
		t.Error("text that reads like a formula is not as it should be")
	}
}

// TestLayoutsApplyToTransactions: two lines of one reference count together.
func TestLayoutsApplyToTransactions(t *testing.T) {
	s := serving(t, Options{})
	db := s.current.Load().db
	for _, l := range layouts() {
		var want int64
		err := db.QueryRow(`SELECT count(*) FROM (SELECT sum(amount) OVER (PARTITION BY file_no, transaction) AS t, body FROM payments) WHERE t > ? AND body = 'GB-XX-002'`, l.threshold).Scan(&want)
		if err != nil {
			t.Fatal(err)
		}
		w := get1(s, "/payments/"+l.name+".csv?body=GB-XX-002")
		lines, err := csv.NewReader(w.Body).ReadAll()
		if err != nil || int64(len(lines)-1) != want || want == 0 {
			t.Errorf("%s: %d lines, want %d: %v %d", l.name, len(lines)-1, want, err, w.Code)
		}
	}
}

// TestEveryRouteAnswers asks each route that the description lists.
func TestEveryRouteAnswers(t *testing.T) {
	s := serving(t, Options{})
	var described struct {
		OpenAPI string
		Paths   map[string]any
	}
	if err := json.Unmarshal(get1(s, "/openapi.json").Body.Bytes(), &described); err != nil || !strings.HasPrefix(described.OpenAPI, "3.1") {
		t.Fatalf("%s %v", described.OpenAPI, err)
	}
	var pay payPage
	if err := json.Unmarshal(get1(s, "/payments?limit=1").Body.Bytes(), &pay); err != nil {
		t.Fatal(err)
	}
	parts := strings.NewReplacer("{body}", "GB-XX-003", "{supplier}", supplierOf(t, s), "{file}", pay.Items[0].File[:12], "{number}", "latest", "{cpv}", "72000000",
		"{payment}", fmt.Sprintf("%s-1-%d", pay.Items[0].File[:12], pay.Items[0].Row))
	for path := range described.Paths {
		w := get1(s, strings.TrimPrefix(parts.Replace(path), Prefix))
		if w.Code != 200 || w.Body.Len() == 0 {
			t.Errorf("%s: %d %.300s", path, w.Code, w.Body)
		}
	}
	if len(described.Paths) < 18 {
		t.Errorf("only %d routes", len(described.Paths))
	}
}

func supplierOf(t *testing.T, s *Server) (id string) {
	t.Helper()
	if err := s.current.Load().db.QueryRow("SELECT min(supplier) FROM payments WHERE supplier <> ''").Scan(&id); err != nil {
		t.Fatal(err)
	}
	return id
}
