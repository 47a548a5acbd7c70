/**
 * Two texts side by side, character by character.
 *
 * In:  what two clerks wrote. Out: the segments of each that differ, a sign, a kind. Comparison is on the folded text
 *      (NFKC, blanks away); what is shown is the text as written. The longest common subsequence decides what moved.
 */
import { areLookAlikes, soundOf, variantOf } from '../../../normalise/characters.ts'
import type { FieldKind, Segment } from '../../api.ts'

export interface Difference {
  readonly left: readonly Segment[]
  readonly right: readonly Segment[]
  readonly sign: string
  readonly kind: FieldKind
}

/** Longer texts (addresses) are aligned by common head and tail only. */
const ALIGNED_MAX = 64

export function compareTexts(left: string, right: string): Difference {
  const a = Array.from(left)
  const b = Array.from(right)
  if (left === '' || right === '') return { left: whole(left, 0), right: whole(right, 0), sign: '∅', kind: 'missing' }
  if (fold(left) === fold(right)) return { left: whole(left, 0), right: whole(right, 0), sign: '=', kind: 'same' }
  const swap = transposedAt(a, b)
  if (swap >= 0) {
    const marks = a.map((_, i) => i === swap || i === swap + 1)
    return { left: segments(a, marks), right: segments(b, marks), sign: '⇄', kind: 'near' }
  }
  const [keptLeft, keptRight] =
    a.length > ALIGNED_MAX || b.length > ALIGNED_MAX ? commonEnds(a, b) : commonCharacters(a, b)
  const marksLeft = keptLeft.map((kept) => !kept)
  const marksRight = keptRight.map((kept) => !kept)
  const differing = Math.max(marksLeft.filter(Boolean).length, marksRight.filter(Boolean).length)
  const isNear = soundsOrLooksAlike(a, b)
  return {
    left: segments(a, marksLeft),
    right: segments(b, marksRight),
    sign: isNear ? '~' : `≠${differing}`,
    kind: isNear ? 'near' : 'differ',
  }
}

export function whole(text: string, differs: 0 | 1): readonly Segment[] {
  return text === '' ? [] : [[text, differs]]
}

export function segments(characters: readonly string[], marks: readonly boolean[]): readonly Segment[] {
  const out: [string, 0 | 1][] = []
  for (let i = 0; i < characters.length; i++) {
    const differs = marks[i] ? 1 : 0
    const last = out.at(-1)
    if (last !== undefined && last[1] === differs) last[0] += characters[i]
    else out.push([characters[i], differs])
  }
  return out
}

function fold(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/gu, '').toUpperCase()
}

function transposedAt(a: readonly string[], b: readonly string[]): number {
  if (a.length !== b.length) return -1
  const places = a.flatMap((character, i) => (character === b[i] ? [] : [i]))
  const [first, second] = places
  return places.length === 2 && second === first + 1 && a[first] === b[second] && a[second] === b[first] ? first : -1
}

/** Every character is the same, a variant, of the same sound or easily written for the other. */
function soundsOrLooksAlike(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false
  return a.every((character, i) => {
    if (character === b[i]) return true
    const x = character.codePointAt(0) ?? 0
    const y = b[i].codePointAt(0) ?? 0
    const vx = variantOf(x)
    const vy = variantOf(y)
    return vx === vy || (soundOf(x) !== 0 && soundOf(x) === soundOf(y)) || areLookAlikes(vx, vy)
  })
}

function commonEnds(a: readonly string[], b: readonly string[]): [boolean[], boolean[]] {
  const keptLeft = a.map(() => false)
  const keptRight = b.map(() => false)
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) {
    keptLeft[head] = keptRight[head] = true
    head++
  }
  for (let i = 1; i <= Math.min(a.length, b.length) - head && a[a.length - i] === b[b.length - i]; i++)
    keptLeft[a.length - i] = keptRight[b.length - i] = true
  return [keptLeft, keptRight]
}

function commonCharacters(a: readonly string[], b: readonly string[]): [boolean[], boolean[]] {
  const width = b.length + 1
  const length = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      length[i * width + j] =
        a[i] === b[j]
          ? length[(i + 1) * width + j + 1] + 1
          : Math.max(length[(i + 1) * width + j], length[i * width + j + 1])
  const keptLeft = a.map(() => false)
  const keptRight = b.map(() => false)
  let i = 0
  let j = 0
  while (i < a.length && j < b.length)
    if (a[i] === b[j]) {
      keptLeft[i++] = true
      keptRight[j++] = true
    } else if (length[(i + 1) * width + j] >= length[i * width + j + 1]) i++
    else j++
  return [keptLeft, keptRight]
}
