package registry

import (
	"hash/maphash"
	"slices"

	"commonspend/normalize/supplier"
)

// Check reads a register's file through, counts its entries, and refuses one that
// has a number twice.
func Check(kind Kind, path string) (int, error) {
	var prints []uint64 // of the numbers: those of 5 million fit into 40 MB
	seed := maphash.MakeSeed()
	n, err := Read(kind, path, func(e supplier.Entry) error {
		prints = append(prints, maphash.String(seed, e.Number))
		return nil
	})
	if err != nil {
		return 0, err
	}
	slices.Sort(prints)
	var twice []uint64
	for i := 1; i < len(prints); i++ {
		if prints[i] == prints[i-1] {
			twice = append(twice, prints[i])
		}
	}
	if len(twice) == 0 {
		return n, nil
	}
	seen := map[string]bool{} // two numbers may have one print
	return Read(kind, path, func(e supplier.Entry) error {
		if _, found := slices.BinarySearch(twice, maphash.String(seed, e.Number)); !found {
			return nil
		}
		if seen[e.Number] {
			return &Refused{Sentence: "the number " + e.Number + " stands in it twice"}
		}
		seen[e.Number] = true
		return nil
	})
}
