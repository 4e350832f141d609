package judge

import (
	"context"
	"database/sql"
	"fmt"

	"commonspend/schemas"
)

// Doubt is a judgement that is worth a person's look.
type Doubt struct {
	What      string         `json:"what"` // line payee entity
	Publisher string         `json:"publisher"`
	Payee     string         `json:"payee"`
	About     string         `json:"about"`  // a line's expense type, a payee's postcode, or the entity
	Judged    string         `json:"judged"` // a line's scope
	Likely    string         `json:"likely"` // a line's category, named or not; a payee's supplier; an entity's body
	Payments  int            `json:"payments"`
	Pence     schemas.Amount `json:"pence"`          // of payments and credits alike
	AtStake   schemas.Amount `json:"at_stake_pence"` // these, times the doubt
	Reason    string         `json:"reason"`
}

// Review lists the judgements with the most pounds at stake: of lines, payees or
// entities, or of all where what is "".
func Review(ctx context.Context, db *sql.DB, what string, most int) ([]Doubt, error) {
	text, args, err := query("review", map[string]any{"what": what, "most": most})
	if err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("list what is worth a look: %w", err)
	}
	defer rows.Close()
	doubts := []Doubt{}
	for rows.Next() {
		var d Doubt
		if err := rows.Scan(&d.What, &d.Publisher, &d.Payee, &d.About, &d.Judged, &d.Likely, &d.Payments, &d.Pence, &d.AtStake, &d.Reason); err != nil {
			return nil, fmt.Errorf("list what is worth a look: %w", err)
		}
		doubts = append(doubts, d)
	}
	return doubts, rows.Err()
}
