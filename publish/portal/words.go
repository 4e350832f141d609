package portal

import (
	"fmt"
	"strings"

	"commonspend/schemas"
)

// payeeWords says who was paid, by class: a person is never named.
func payeeWords(class, payee string) string {
	switch schemas.PayeeClass(class) {
	case schemas.PayeeIndividual:
		return "Individual (name withheld)"
	case schemas.PayeeRedactedPersonal:
		return "Redacted by the publisher (a person)"
	case schemas.PayeeRedactedCommercial:
		return "Redacted by the publisher (commercial)"
	case schemas.PayeeRedacted:
		return "Redacted by the publisher"
	case schemas.PayeeMissing:
		return "No payee given"
	case schemas.PayeeOrganisation:
		return shown(payee)
	}
	return "Withheld"
}

// keyWords says what a figure's key stands for, where it is not a name.
func keyWords(dimension, key string) string {
	switch strings.ToLower(strings.Trim(key, "()")) {
	case "":
		if dimension == "payee" {
			return "No payee given"
		}
		return "No expense type given"
	case "individual":
		return "Individuals (names withheld)"
	case "withheld":
		return "Withheld, together"
	case "redacted-personal", "redacted (personal":
		return "Redacted by the publisher (people)"
	case "redacted-commercial", "redacted (commercial":
		return "Redacted by the publisher (commercial)"
	case "redacted":
		return "Redacted by the publisher"
	case "missing":
		return "No payee given"
	}
	return shown(key)
}

// listed reports whether the payments of a figure can be listed by its key:
// not where it is blank, or stands for several texts that are held back.
func listed(key string) bool { return key != "" && strings.Trim(key, "()") != "Withheld" }

func sectorWords(sector string) string {
	switch sector {
	case "local":
		return "Local government"
	case "central":
		return "Central government"
	case "nhs":
		return "NHS"
	}
	return "Other public bodies"
}

// kindWords says what bodies are compared within.
func kindWords(kind string) string {
	if kind == "" {
		return "Kind not recorded"
	}
	return shown(kind)
}

// scopeWords says what a payment is, by its scope.
func scopeWords(scope string) string {
	switch scope {
	case "procurement":
		return "Goods, works and services"
	case "grant":
		return "Grants"
	case "transfer":
		return "Transfers between public bodies"
	case "individuals":
		return "Payments to individuals"
	case "tax":
		return "Tax"
	case "finance":
		return "Finance: loans, interest, pensions"
	case "mixed":
		return "Several of these together"
	case "unknown":
		return "Not judged"
	}
	return shown(scope)
}

// supplierKindWords says what sort of organisation a supplier is.
func supplierKindWords(kind string) string {
	switch kind {
	case "company":
		return "Company"
	case "public body":
		return "Public body"
	case "charity":
		return "Charity"
	}
	return "Organisation, its kind not known"
}

// statusWords is a month's coverage as a symbol and a word, so that it reads
// without colour and aloud.
func statusWords(status string) string {
	switch status {
	case "held":
		return "● Held"
	case "nil":
		return "○ Nil"
	case "missing":
		return "✕ Missing"
	case "stray":
		return "◦ Stray"
	case "":
		return "·"
	}
	return shown(status)
}

func outcomeWords(outcome string) string {
	switch schemas.Outcome(outcome) {
	case schemas.OutcomeLoad:
		return "Read: holds payments"
	case schemas.OutcomeEmpty:
		return "Read: holds no payments"
	case schemas.OutcomeRefuse:
		return "Refused"
	}
	return shown(outcome)
}

func vatWords(basis string) string {
	switch basis {
	case "net":
		return "Without VAT"
	case "gross":
		return "With VAT"
	case "mixed":
		return "Some with VAT, some without or not said"
	case "unknown":
		return "Not said"
	}
	return shown(basis)
}

func dateKindWords(kind string) string {
	switch kind {
	case "payment", "invoice", "posting":
		return kind + " date"
	}
	return "the file does not say which date this is"
}

// dutyWords is the short name of why a file was published.
func dutyWords(duty string) string {
	switch duty {
	case "LGTC500":
		return "Over £500"
	case "HMT25K":
		return "Over £25,000"
	case "PA23S70":
		return "Section 70, over £30,000"
	case "CARD":
		return "Purchase cards"
	case "OTHER":
		return "Other spending"
	case "REPORTED":
		return "Reported by others"
	}
	return shown(duty)
}

// basisWords says what a file's period rests on.
func basisWords(basis string) string {
	switch basis {
	case "declared":
		return "as declared when the file was sent"
	case "name":
		return "from the file's name"
	case "content":
		return "from the dates of its payments"
	}
	return "not known"
}

// periodWords writes a span of days: "April 2024", "financial year 2024/25",
// "1 April 2024 to 30 June 2024".
func periodWords(from, to Day) string {
	first, err1 := schemas.ParseDate(string(from))
	last, err2 := schemas.ParseDate(string(to))
	period := schemas.Period{From: first, To: last}
	switch {
	case err1 != nil || err2 != nil:
		return "not known"
	case period == schemas.MonthOf(first):
		return from.Month()
	case period == first.FinancialYear().Period():
		return "financial year " + first.FinancialYear().String()
	}
	return fmt.Sprintf("%s to %s", from.Long(), to.Long())
}

// issueKind is a line of the code list of issues.
type issueKind struct{ severity, singular, plural, who, fix string }

func loadIssueKinds() (map[string]issueKind, error) {
	lines, err := schemas.Codelist("issue_kinds")
	if err != nil {
		return nil, err
	}
	kinds := map[string]issueKind{}
	for _, line := range lines {
		kinds[line["kind"]] = issueKind{line["severity"], line["singular"], line["plural"], line["who"], line["fix"]}
	}
	return kinds, nil
}

// Issue is how often something odd was found, in a plain sentence.
type Issue struct {
	Kind     string  `json:"kind"`
	Severity string  `json:"severity"`
	Count    int64   `json:"count"`
	Sentence string  `json:"sentence"`
	Who      string  `json:"who"`
	Fix      string  `json:"fix"`
	Examples []Place `json:"examples"`
}

// explain puts the code list's words to a count of one kind of issue.
func (s *Server) explain(kind string, n int64) Issue {
	known, ok := s.issues[kind]
	if !ok {
		known = issueKind{"note", "1 case of " + shown(kind), "{n} cases of " + shown(kind), "us", ""}
	}
	sentence := known.singular
	if n != 1 {
		sentence = strings.ReplaceAll(known.plural, "{n}", count(n))
	}
	return Issue{Kind: kind, Severity: known.severity, Count: n, Sentence: sentence, Who: known.who, Fix: known.fix, Examples: []Place{}}
}
