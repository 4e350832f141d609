package schemas

import (
	"crypto/sha256"
	"encoding/binary"
)

// LineHash names the text by which a payment's scope and category are judged:
// payments of a publisher with the same payee and the same words share it.
//
// It is 64 bits of a SHA-256: among 10 million distinct texts two share one by
// chance in 3 of a million warehouses, and nobody can make two that do.
func LineHash(publisher string, p *Payment) int64 {
	return hashOf(publisher, p.Payee, p.DepartmentFamily, p.Entity, p.ExpenseType, p.ExpenseArea, p.Description, p.Category)
}

// PayeeHash names what a payment says of who was paid: payments with the same
// payee, postcode and public number share it. A ledger's own number is none.
func PayeeHash(p *Payment) int64 {
	return hashOf(p.Payee, string(p.PayeeClass), p.Postcode, p.NumberKind, p.Number())
}

// Number is the payee's company, charity or VAT number as published, or "".
func (p *Payment) Number() string {
	if p.NumberKind == "" {
		return ""
	}
	return p.SupplierID
}

func hashOf(parts ...string) int64 {
	var room [512]byte
	text := room[:0]
	for _, part := range parts {
		text = append(text, part...)
		text = append(text, 0x1f)
	}
	sum := sha256.Sum256(text)
	return int64(binary.LittleEndian.Uint64(sum[:8]))
}
