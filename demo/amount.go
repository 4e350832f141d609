package demo

import (
	"math/bits"
	"math/rand/v2"

	"commonspend/schemas"
)

// Amounts are log-normal, drawn in whole numbers only: floating-point logarithms
// may differ in the last digit between processors, and the files must not.

// one is 1 in 16.16 fixed point.
const one = 1 << 16

// normal draws from the standard normal distribution in 16.16 fixed point: the
// sum of twelve uniform numbers below 1 has variance 1, and 6 is taken off it.
func normal(r *rand.Rand) int64 {
	sum := int64(-6 * one)
	for range 3 {
		for four := r.Uint64(); four != 0; four >>= 16 {
			sum += int64(four & 0xffff)
		}
	}
	return sum
}

// roots holds 2^(1/2), 2^(1/4), 2^(1/8) … 2^(1/65536) in 32.32 fixed point.
func roots() [16]uint64 {
	return [16]uint64{
		6074001000, 5107605667, 4683695048, 4485121744, 4389014833, 4341736423, 4318288544, 4306612134,
		4300785774, 4297875550, 4296421177, 4295694175, 4295330720, 4295149004, 4295058149, 4295012722,
	}
}

// scale multiplies pence by 2^(exponent), the exponent in 16.16 fixed point.
func scale(pence int64, exponent int64) int64 {
	product := uint64(pence) << 16
	for i, root := range roots() {
		if exponent&(1<<(15-i)) != 0 {
			high, low := bits.Mul64(product, root)
			product = high<<32 | low>>32
		}
	}
	if whole := exponent >> 16; whole >= 0 {
		product <<= whole
	} else {
		product >>= -whole
	}
	return int64(product >> 16)
}

// spread says how amounts of one kind of body are distributed: log-normal about
// a median with a standard deviation sigma of the natural logarithm, between a
// floor (the duty's threshold for a whole transaction) and a ceiling.
type spread struct {
	median, floor, ceiling int64 // pence
	sigma                  int64 // divided by ln 2, in 16.16 fixed point: 2.2 is 208007
}

// draw gives the amount of one whole transaction. It draws again until the
// amount lies between floor and ceiling, as a real list is cut at its threshold.
func (s spread) draw(r *rand.Rand) schemas.Amount {
	for {
		if pence := scale(s.median, normal(r)*s.sigma>>16); pence >= s.floor && pence <= s.ceiling {
			return schemas.Amount(rounded(r, pence))
		}
	}
}

// rounded makes one amount in five a whole number of pounds, as invoices are.
func rounded(r *rand.Rand, pence int64) int64 {
	if r.IntN(5) == 0 {
		return (pence + 99) / 100 * 100
	}
	return pence
}

// split shares an amount out over n lines of very different sizes; they add up
// to it exactly and none is zero.
func split(r *rand.Rand, total schemas.Amount, n int) []schemas.Amount {
	shares := make([]schemas.Amount, 0, n)
	left := total
	for ; n > 1; n-- {
		share := schemas.Amount(scale(int64(left)/int64(n+1), normal(r)))
		share = max(1, min(share, left/2))
		shares = append(shares, share)
		left -= share
	}
	return append(shares, left)
}

// shareOut cuts an amount into n parts whose sizes are log-normal with the given
// sigma (divided by ln 2, in 16.16 fixed point). They add up to it exactly.
func shareOut(r *rand.Rand, total int64, n int, sigma int64) []int64 {
	weights, sum := make([]uint64, n), uint64(0)
	for i := range weights {
		weights[i] = uint64(max(1, scale(100_000, normal(r)*sigma>>16)))
		sum += weights[i]
	}
	left := total
	parts := make([]int64, n)
	for i, weight := range weights {
		high, low := bits.Mul64(uint64(total), weight)
		part, _ := bits.Div64(high, low, sum)
		parts[i] = int64(part)
		left -= parts[i]
	}
	parts[n-1] += left
	return parts
}
