package ingest

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

// What an OLE2 container writes for a sector that ends a chain, is unused, or
// belongs to the allocation table itself.
const (
	oleSector = 512
	oleEnd    = 0xFFFFFFFE
	oleFree   = 0xFFFFFFFF
	oleTable  = 0xFFFFFFFD
)

// compound is an OLE2 container of one stream: header, allocation table
// (sector 0), directory (sector 1), and the stream from sector 2 on.
func compound(name string, stream []byte) []byte {
	sectors := (len(stream) + oleSector - 1) / oleSector
	padding := make([]byte, sectors*oleSector-len(stream))
	return bytes.Join([][]byte{oleHeader(), oleAllocation(sectors), oleDirectory(name, len(stream)), stream, padding}, nil)
}

// words puts 32-bit numbers into b from offset at on.
func words(b []byte, at int, numbers ...uint32) {
	for i, n := range numbers {
		binary.LittleEndian.PutUint32(b[at+4*i:], n)
	}
}

func oleHeader() []byte {
	head := make([]byte, oleSector)
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	copy(head[24:], "\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00") // versions, byte order, sector sizes
	words(head, 44, 1, 1)                                       // one sector of table; the directory is sector 1
	words(head, 56, 4096, oleEnd, 0, oleEnd, 0, 0)              // shorter streams would be kept apart; none are
	for at := 80; at < oleSector; at += 4 {
		words(head, at, oleFree)
	}
	return head
}

func oleAllocation(sectors int) []byte {
	table := make([]byte, oleSector)
	for at := 0; at < oleSector; at += 4 {
		words(table, at, oleFree)
	}
	words(table, 0, oleTable, oleEnd)
	for i := range sectors {
		words(table, 8+4*i, uint32(3+i))
	}
	words(table, 4+4*sectors, oleEnd)
	return table
}

func oleDirectory(name string, size int) []byte {
	directory := make([]byte, oleSector)
	for at := 0; at < oleSector; at += 128 {
		words(directory, at+68, oleFree, oleFree, oleFree)
	}
	entry := func(e []byte, name string, kind byte) {
		units := utf16.Encode([]rune(name))
		for i, u := range units {
			binary.LittleEndian.PutUint16(e[2*i:], u)
		}
		e[64], e[66], e[67] = byte(2*len(units)+2), kind, 1
	}
	entry(directory, "Root Entry", 5)
	words(directory, 76, 1)
	words(directory, 116, oleEnd)
	entry(directory[128:], name, 2)
	words(directory, 128+116, 2, uint32(size))
	return directory
}
