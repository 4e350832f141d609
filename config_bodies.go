package main

import (
	"fmt"
	"slices"
	"strconv"

	"commonspend/normalize/judge"
	"commonspend/schemas"
	"commonspend/store/ledger"
)

// describedOf lists the publishers of files, each once, in order.
func describedOf(files []candidate, described map[string]schemas.Publisher) (publishers []schemas.Publisher) {
	seen := map[string]bool{}
	for _, file := range files {
		if !seen[file.publisher] {
			seen[file.publisher] = true
			publishers = append(publishers, described[file.publisher])
		}
	}
	return publishers
}

// warnOfBodies says, a sentence each, which publishers are described with a body
// that no register holds, embedded or imported. Their files are taken in all the
// same, and their payments count towards a body that has no peers.
func (a *app) warnOfBodies(l *ledger.Ledger, publishers []schemas.Publisher) error {
	known, err := readState(l)
	if err != nil {
		return err
	}
	bodies, err := known.bodies(l)
	if err != nil {
		return err
	}
	named := map[string]string{}
	var ids []string
	for _, b := range bodies {
		named[b.ID] = b.Name
		ids = append(ids, b.ID)
	}
	unknown := slices.DeleteFunc(slices.Clone(publishers), func(p schemas.Publisher) bool {
		_, ok := named[p.BodyID]
		return ok || p.BodyID == ""
	})
	for i, p := range unknown {
		if i == toldBodies {
			fmt.Fprintf(a.err, "commonspend: warning: and so for %s\n", plural(len(unknown)-i, "1 more publisher", "{n} more publishers"))
			break
		}
		near := nearest(p.BodyID, ids)
		fmt.Fprintf(a.err, "commonspend: warning: the register has no body with the id %q, given for the publisher %s: the nearest is %q, %s; `commonspend reference import bodies FILE` adds bodies\n",
			p.BodyID, p.ID, near, named[near])
	}
	return nil
}

// toldBodies is how many unknown bodies are told of one by one.
const toldBodies = 3

// bodies lists those of the registers, embedded and imported.
func (s state) bodies(l *ledger.Ledger) ([]schemas.Body, error) {
	bodies, err := schemas.Bodies()
	held, ok := s.imported["bodies"]
	if err != nil || !ok {
		return bodies, err
	}
	imported, err := judge.Import([]judge.RegisterFile{{Register: "bodies", Path: l.Path(held.SHA), Version: strconv.Itoa(s.importedAs["bodies"])}})
	return append(bodies, imported.Bodies...), err
}
