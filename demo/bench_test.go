package demo

import "testing"

func BenchmarkGenerate(b *testing.B) {
	for b.Loop() {
		Generate(1)
	}
}

func BenchmarkFiles(b *testing.B) {
	w := Generate(1)
	bytes := int64(0)
	for b.Loop() {
		bytes = 0
		for _, file := range w.Files() {
			bytes += int64(len(file.Bytes))
		}
	}
	b.SetBytes(bytes)
}
