package ingest

import (
	"math"
	"strings"
)

// delimiter decides what separates the cells of a table from its beginning:
// that of comma, tab, semicolon and pipe by which the most rows agree on how
// many cells a row has. One cell full of pipes agrees with nothing.
func delimiter(head []byte, final bool, limits Limits) byte {
	if declared := declaredDelimiter(head); declared != 0 {
		return declared
	}
	best, most := byte(','), 0.0
	for _, candidate := range []byte(",\t;|") {
		if score := agreement(head, final, candidate, limits); score > most {
			best, most = candidate, score
		}
	}
	return best
}

// declaredDelimiter reads a first line "sep=;", which Excel obeys; 0 when
// there is none.
func declaredDelimiter(head []byte) byte {
	line, _, _ := strings.Cut(string(head[:min(len(head), 16)]), "\n")
	line = strings.Trim(strings.TrimRight(line, "\r"), `"`)
	if len(line) == 5 && strings.EqualFold(line[:4], "sep=") && strings.IndexByte(",\t;|", line[4]) >= 0 {
		return line[4]
	}
	return 0
}

// agreement is the share of rows that have the commonest number of cells,
// weighed by that number: of two that agree alike, the finer cut is the table's.
// It is 0 when nothing is cut.
func agreement(head []byte, final bool, candidate byte, limits Limits) float64 {
	k := newChunk(head, final)
	cut := &splitter{delimiter: candidate, limits: limits, line: 1}
	rows, widths := 0, make(map[int]int)
	var cells []string
	for k.at < len(head) {
		out, next, _, known := cut.next(&k, cells[:0])
		if !known {
			break
		}
		cells, k.at = out, next
		if len(cells) > 1 {
			cut.width = len(cells)
			widths[len(cells)]++
		}
		if len(cells) > 1 || strings.TrimSpace(cells[0]) != "" {
			rows++
		}
	}
	best := 0.0
	for width, n := range widths {
		best = max(best, float64(n)/float64(rows)*math.Log2(float64(width)))
	}
	return best
}
