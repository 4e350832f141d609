package category

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math"
)

// modelFile is what `make model` made of the training lines.
//
//go:embed model.bin
var modelFile []byte

// Model is a learnt model: for each bucket of the hash a row of one small
// number per class, and how often answers of a given share are right.
type Model struct {
	Card    Card
	classes *classes
	lines   int

	row     []int32   // a bucket's row, or -1
	scale   []float32 // what a row's numbers are multiplied by
	start   []int32   // where a row's entries start; one more than there are rows
	entries []entry   // by class within a row, those that are nought left out

	scope, division, group calibration
	threshold              float64 // a category is named from this confidence
	enough                 float64 // a line is procurement from this share
}

// entry is one number of a row.
type entry struct {
	class  uint8
	weight int8
}

// maxClasses is how many classes an entry can name.
const maxClasses = 256

// levels are the steps on each side of nought that a weight is kept in: few, so
// that the file packs small. A weight under small, as a share of its row's
// largest, is nought; a row whose largest is under drop is left out.
const (
	levels = 24
	small  = 0.1
	drop   = 0.02
)

// compress keeps each row of weights in bytes.
func (m *Model) compress(w *weights) {
	m.row = make([]int32, len(w.row))
	for bucket, from := range w.row {
		m.row[bucket] = -1
		if from < 0 {
			continue
		}
		values := w.rows[int(from)*w.classes:][:w.classes]
		top := float32(0)
		for _, v := range values {
			top = max(top, max(v, -v))
		}
		if top < drop {
			continue
		}
		m.row[bucket] = int32(len(m.scale))
		m.scale = append(m.scale, top/levels)
		m.start = append(m.start, int32(len(m.entries)))
		for c, v := range values {
			if weight := int8(math.Round(float64(v / top * levels))); weight != 0 && (v >= small*top || v <= -small*top) {
				m.entries = append(m.entries, entry{uint8(c), weight})
			}
		}
	}
	m.start = append(m.start, int32(len(m.entries)))
}

// score fills scores with the sum of the features' rows.
func (m *Model) score(features []feature, scores []float32) {
	var sums [maxClasses]float32
	for _, f := range features {
		row := m.row[f.bucket]
		if row < 0 {
			continue
		}
		value := f.value * m.scale[row]
		for _, e := range m.entries[m.start[row]:m.start[row+1]] {
			sums[e.class] += float32(float32(e.weight) * value)
		}
	}
	copy(scores, sums[:])
}

// weight is a row's number for one class.
func (m *Model) weight(row int32, class uint8) float32 {
	entries := m.entries[m.start[row]:m.start[row+1]]
	for len(entries) > 0 {
		middle := len(entries) / 2
		switch e := entries[middle]; {
		case e.class == class:
			return float32(e.weight) * m.scale[row]
		case e.class < class:
			entries = entries[middle+1:]
		default:
			entries = entries[:middle]
		}
	}
	return 0
}

// header is the model file's first line; the rows follow.
type header struct {
	Classes                []string
	Rows                   int
	Scope, Division, Group calibration
	Threshold, Enough      float64
	Card                   Card
}

// Write writes the model file: gzip over a line of JSON, then each row as its
// bucket's distance from the last (a varint), its scale and its bytes.
func (m *Model) Write(out io.Writer) error {
	packed, err := gzip.NewWriterLevel(out, gzip.BestCompression)
	if err != nil {
		return err
	}
	line, err := json.Marshal(header{m.classes.names, len(m.scale), m.scope, m.division, m.group, m.threshold, m.enough, m.Card})
	if err != nil {
		return err
	}
	if _, err := packed.Write(append(line, '\n')); err != nil {
		return err
	}
	last, size := 0, len(m.classes.names)
	for bucket, row := range m.row {
		if row < 0 {
			continue
		}
		buffer := binary.AppendUvarint(nil, uint64(bucket-last))
		buffer = binary.LittleEndian.AppendUint32(buffer, math.Float32bits(m.scale[row]))
		dense := make([]byte, size)
		for _, e := range m.entries[m.start[row]:m.start[row+1]] {
			dense[e.class] = byte(e.weight)
		}
		buffer = append(buffer, dense...)
		if _, err := packed.Write(buffer); err != nil {
			return err
		}
		last = bucket
	}
	return packed.Close()
}

// ReadModel reads a model file.
func ReadModel(file []byte) (*Model, error) {
	packed, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		return nil, fmt.Errorf("the model file is damaged; make it again with make model: %w", err)
	}
	in := bufio.NewReaderSize(packed, 1<<16)
	line, err := in.ReadBytes('\n')
	if err != nil {
		return nil, fmt.Errorf("the model file is damaged; make it again with make model: %w", err)
	}
	var h header
	if err := json.Unmarshal(line, &h); err != nil {
		return nil, fmt.Errorf("the model file's first line: %w", err)
	}
	m := &Model{Card: h.Card, classes: newClasses(h.Classes), lines: h.Card.Lines,
		scope: h.Scope, division: h.Division, group: h.Group, threshold: h.Threshold, enough: h.Enough}
	return m, m.readRows(in, h.Rows)
}

func (m *Model) readRows(in *bufio.Reader, count int) error {
	m.row = make([]int32, 1<<bucketBits)
	for i := range m.row {
		m.row[i] = -1
	}
	size := len(m.classes.names)
	m.scale, m.start = make([]float32, count), make([]int32, count+1)
	raw := make([]byte, 4+size)
	bucket := uint64(0)
	for row := range count {
		step, err := binary.ReadUvarint(in)
		if err == nil {
			_, err = io.ReadFull(in, raw)
		}
		if bucket += step; err != nil || bucket >= 1<<bucketBits {
			return fmt.Errorf("the model file ends early; make it again with make model")
		}
		m.row[bucket] = int32(row)
		m.scale[row] = math.Float32frombits(binary.LittleEndian.Uint32(raw))
		for c, v := range raw[4:] {
			if v != 0 {
				m.entries = append(m.entries, entry{uint8(c), int8(v)})
			}
		}
		m.start[row+1] = int32(len(m.entries))
	}
	return nil
}

// version names the rules and the model together: a change to either changes it.
func version(model []byte) string {
	sum := sha256.New()
	for _, part := range [][]byte{[]byte(rulesCSV), []byte(suppliersCSV), []byte(bodiesCSV), []byte(bodyWordsCSV), model} {
		size := binary.LittleEndian.AppendUint64(nil, uint64(len(part)))
		sum.Write(size)
		sum.Write(part)
	}
	return hex.EncodeToString(sum.Sum(nil)[:6])
}
