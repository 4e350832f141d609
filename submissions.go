package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"

	"commonspend/store/ledger"
)

// submissions is what the journal says of tokens and of what was sent with them.
type submissions struct {
	tokens []*issued
	all    []*submission
}

// issued is a token: what the journal knows of it.
type issued struct {
	ledger.Token
	no      int // sequence number
	made    time.Time
	revoked bool
	sent    *submission // nil until it is used
	refused int         // files sent with it that could not be read
}

// submission is a file that was sent in.
type submission struct {
	ledger.Submitted
	no     int // sequence number
	sent   time.Time
	token  *issued
	state  string // as portal.Submission has it
	fileNo int    // of the File event that it became; 0 for none
}

const (
	stateWaiting   = "waiting"
	stateConfirmed = "confirmed"
	stateWithdrawn = "withdrawn"
)

// apply takes in one event of the journal; most are not of its concern.
func (s *submissions) apply(event ledger.Event) {
	switch {
	case event.Token != nil:
		s.tokens = append(s.tokens, &issued{Token: *event.Token, no: event.Sequence, made: event.At})
	case event.TokenRevoked != nil:
		s.token(event.TokenRevoked.Token).revoked = true
	case event.SubmissionRefused != nil:
		s.token(event.SubmissionRefused.Token).refused++
	case event.Submitted != nil:
		token := s.token(event.Submitted.Token)
		token.sent = &submission{Submitted: *event.Submitted, no: event.Sequence, sent: event.At, token: token, state: stateWaiting}
		s.all = append(s.all, token.sent)
	case event.Confirmed != nil:
		s.submission(event.Confirmed.Submission).state = stateConfirmed
	case event.SubmissionWithdrawn != nil:
		s.submission(event.SubmissionWithdrawn.Submission).state = stateWithdrawn
	case event.File != nil && event.File.Submission != 0:
		s.submission(event.File.Submission).fileNo = event.Sequence
	}
}

// token returns the token of an event that names it. The journal's chain
// vouches for its order; a number that it lacks stands for nothing.
func (s *submissions) token(no int) *issued {
	for _, t := range s.tokens {
		if t.no == no {
			return t
		}
	}
	return &issued{}
}

func (s *submissions) submission(no int) *submission {
	for _, one := range s.all {
		if one.no == no {
			return one
		}
	}
	return &submission{token: &issued{}}
}

// byToken finds a token by its text, nil where it was never made.
func (s *submissions) byToken(text string) *issued {
	hash := hashText(text)
	for _, t := range s.tokens {
		if t.Hash == hash {
			return t
		}
	}
	return nil
}

// byKey finds a submission by the key in its address, nil where there is none.
func (s *submissions) byKey(key string) *submission {
	hash := hashText(key)
	for _, one := range s.all {
		if one.Key == hash {
			return one
		}
	}
	return nil
}

// state says what a token can still be used for.
func (t *issued) state(now time.Time) string {
	switch {
	case t.revoked:
		return "revoked"
	case t.sent != nil:
		return "used"
	case !now.Before(t.Expires):
		return "expired"
	}
	return "usable"
}

// tokenPrefix begins every token, so that one left lying about is recognised.
const tokenPrefix = "cs_"

// letters32 writes secrets in small letters and digits, which a double click
// selects whole.
func letters32(secret []byte) string {
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret))
}

// newToken makes a token of 32 random bytes.
func newToken(random io.Reader) (string, error) {
	secret := make([]byte, 32)
	if _, err := io.ReadFull(random, secret); err != nil {
		return "", fmt.Errorf("make a token: %w", err)
	}
	return tokenPrefix + letters32(secret), nil
}

// asTyped is a token without what copying and pasting adds to it.
func asTyped(token string) string {
	return strings.ToLower(strings.Join(strings.Fields(token), ""))
}

// receiptKey is the key in the address of a receipt. It is made from the token
// and the bytes, so that a form sent twice leads to one and the same receipt;
// without the token, which is kept nowhere, nobody can make it.
func receiptKey(token, sha string) string {
	sum := hmac.New(sha256.New, []byte(token))
	sum.Write([]byte("receipt of " + sha))
	return letters32(sum.Sum(nil))
}

func hashText(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
