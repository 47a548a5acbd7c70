/**
 * Whether bytes that can be GB18030 are Big5: nearly every Big5 text is well formed GB18030, and reads as rare characters.
 *
 * Both write a Chinese character in two bytes. Big5's first byte is 0xA1–0xF9, its second 0x40–0x7E or 0xA1–0xFE; GB2312 has second
 * bytes of 0xA1–0xFE only, and what GBK adds lies for the most part where Big5 has nothing (first byte 0x81–0xA0, second 0x80–0xA0).
 * So Big5 is text whose pairs nearly all fit into Big5's frame and of which a good part has a second byte below 0x7F.
 */

/** Two-byte characters counted; added up over the pieces of a file. */
export interface PairCounts {
  pairs: number
  /** Those that fit into Big5's frame. */
  framed: number
  /** Those of them with a second byte of 0x40–0x7E: two in five of Big5's, hardly any of GB2312's. */
  low: number
}

/** Fewer characters say nothing: eight names, or a header without a row. */
const PAIRS_MIN = 20
const FRAMED_SHARE_MIN = 0.98
const LOW_SHARE_MIN = 0.12
/** Of few characters all have to fit, and more of them to tell: some names of GBK (朱镕基) have a low second byte too. */
const FEW_PAIRS = 60
const LOW_SHARE_OF_FEW = 0.25

export function countPairs(bytes: Uint8Array, from: number, to: number, counts: PairCounts): void {
  for (let at = from; at < to; ) {
    const lead = bytes[at]
    if (lead < 0x81 || at + 1 >= to) {
      at++
      continue
    }
    const trail = bytes[at + 1]
    // Four bytes of GB18030: no Big5 has a digit there.
    if (trail < 0x40) {
      counts.pairs++
      at += 4
      continue
    }
    counts.pairs++
    const isLow = trail <= 0x7e
    if (lead >= 0xa1 && lead <= 0xf9 && (isLow || trail >= 0xa1)) {
      counts.framed++
      if (isLow) counts.low++
    }
    at += 2
  }
}

export function isBig5({ pairs, framed, low }: Readonly<PairCounts>): boolean {
  if (pairs < FEW_PAIRS) return pairs >= PAIRS_MIN && framed === pairs && low >= pairs * LOW_SHARE_OF_FEW
  return framed >= pairs * FRAMED_SHARE_MIN && low >= pairs * LOW_SHARE_MIN
}

export function addPairs(sum: PairCounts, more: Readonly<PairCounts> | undefined): void {
  sum.pairs += more?.pairs ?? 0
  sum.framed += more?.framed ?? 0
  sum.low += more?.low ?? 0
}
