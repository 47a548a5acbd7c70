/**
 * Comparisons: from two rows to one level per column (or pair of name columns), 0 when either side is not known.
 *
 * In:  fields. Out: level functions over row numbers and the names of their levels. Exact agreement is divided by how
 *      rare the value is, in steps of two bits, so that term frequency lies in the tables like every other level.
 * Leaves to value-pairs.ts: levels of two values, one by one or thousands at once; to dependence.ts: what a level weighs.
 */
import { sharedInts } from '../../records/shared-memory.ts'
import { CodeLevels, DateLevels, type DistinctLevels, INITIAL, NameLevels, OtherLevels } from './value-levels.ts'
import { markLevels } from './marks.ts'
import { ENGLISH_NICKNAMES, type NicknameGroups } from '../fields/nicknames.ts'
import { MOSTLY_SAME, TextLevels } from './text-levels.ts'
import type { Field } from '../fields/fields.ts'
import { areModels, areOwn, areOwnCodes } from '../fields/own-names.ts'
import { NumberLevels } from './number-levels.ts'
import { LevelCache } from './level-cache.ts'
import { BATCH, ValuePairs } from './value-pairs.ts'

/** Pairs of rows to be compared together, and what is found of them. */
interface PairBatch {
  readonly left: Int32Array
  readonly right: Int32Array
  /** At most BATCH. */
  count: number
  /** [pair × comparisons + comparison] */
  readonly levels: Uint8Array
}

export interface Comparison {
  readonly name: string
  /** Place of the column it looks at; several comparisons may look at one. */
  readonly field: number
  readonly kind: string
  /** [0] is 'missing'; then the exact levels, the rarest last; then from near to 'differs'. */
  readonly levels: readonly string[]
  /** How matches usually fall on the levels: where EM begins, and what it falls back on. */
  readonly usualM: readonly number[]
  /** Levels 1 … exactCount are exact agreement. */
  readonly exactCount: number
  /** Levels 1 … this belong to one person; 0 where people share what the column holds (surname, address, telephone). */
  readonly personalLevels: number
  /** Levels in which a mark of the one contradicts that of the other: a variant, more often than the same thing. */
  readonly contradicting: readonly number[]
  /** Codes of models: who has another is another thing, or bears a shop's own number. */
  readonly isModel: boolean
  levelOf(a: number, b: number): number
  /** The same for all pairs of a batch; the levels become its column `place` of `width`. */
  fillLevels(batch: PairBatch, place: number, width: number): void
}

/** What fillLevels works in: values and levels of a batch. */
const us = new Int32Array(BATCH)
const vs = new Int32Array(BATCH)
const found = new Uint8Array(BATCH)

/** Steps of two bits of rarity that occur in a column, and the step of each value. */
function rarityBins(counts: ArrayLike<number>, known: number): { bin: Uint8Array; shares: number[] } {
  const steps = new Uint8Array(counts.length)
  const weight = new Map<number, number>()
  for (let v = 1; v < counts.length; v++) {
    if (counts[v] === 0) continue
    const step = Math.min(Math.floor(-Math.log2(counts[v] / known) / 2), 9)
    steps[v] = step
    weight.set(step, (weight.get(step) ?? 0) + counts[v] / known)
  }
  const used = [...weight.keys()].sort((a, b) => a - b)
  if (used.length === 0) used.push(0)
  const bin = steps.map((step) => Math.max(used.indexOf(step), 0) + 1)
  return { bin, shares: used.map((step) => weight.get(step) ?? 1) }
}

/**
 * @param cells what `cellsByRow` says of the fields
 * @param isOneTable whether all rows are of one table: who wrote it numbers models in one way, and near ones are others
 */
export function buildComparisons(
  fields: readonly Field[],
  nicknames: NicknameGroups,
  cells: Int32Array = cellsByRow(fields),
  isOneTable = false,
): Comparison[] {
  const given = fields.findIndex((field) => field.kind === 'given name')
  const family = fields.findIndex((field) => field.kind === 'family name')
  const width = fields.length
  const isOwn = areOwn(fields)
  const isOwnCode = areOwnCodes(fields)
  const isModel = fields.map((field, place) => isOwnCode[place] && areModels(field))
  const ofValues = fields.map((field, place): Comparison => {
    const distinct = distinctLevels(field, nicknames, isOneTable && isModel[place])
    const { bin, shares } = rarityBins(field.counts, field.known)
    const exact = shares.map(
      (_, i) => `same${shares.length === 1 ? '' : i === shares.length - 1 ? ', rarest' : `, rarity ${i + 1}`}`,
    )
    const near = distinct.levels
    const levels = ['missing', ...exact, ...near.map((level) => level.name)]
    const exactM = 1 - near.reduce((sum, level) => sum + level.usualM, 0)
    const usualM = [1, ...shares.map((share) => Math.max(exactM * share, 1e-4)), ...near.map((level) => level.usualM)]
    const exactCount = exact.length
    const pairs = new ValuePairs(distinct, bin, exactCount, field.dictionary.length)
    // Codes of variants are often near: the next number, another letter for the colour.
    const ownLevels = isOwn[place] ? personalLevelsOf(field, levels.length - 1, exactCount) : 0
    const personalLevels = isOwnCode[place] ? exactCount : ownLevels
    const base = {
      name: field.name,
      field: place,
      kind: field.kind,
      levels,
      usualM,
      exactCount,
      personalLevels,
      contradicting: [],
      isModel: isModel[place],
    }
    if (given < 0 || family < 0 || (place !== given && place !== family))
      return {
        ...base,
        levelOf: (a, b) => pairs.levelOf(cells[a * width + place], cells[b * width + place]),
        fillLevels: (batch, column, columns) => {
          takeValues(cells, width, batch, place)
          pairs.fillLevels(us, vs, batch.count, found)
          for (let i = 0; i < batch.count; i++) batch.levels[i * columns + column] = found[i]
        },
      }

    // Names in each other's column: told apart only where both columns plainly differ as they stand.
    const differs = exactCount + 1 + distinct.differs
    const closest = exactCount + 2
    const initial = exactCount + 1 + INITIAL
    const otherPlace = place === given ? family : given
    const own = (row: number) => cells[row * width + place]
    const other = (row: number) => cells[row * width + otherPlace]
    const swappedSame = levels.length
    const crossed = (a: number, b: number): number => {
      const x = own(a)
      const y = other(b)
      const z = other(a)
      const w = own(b)
      if (x === 0 || y === 0 || z === 0 || w === 0) return 0
      const first = x === y ? 1 : pairs.between(x, y)
      const second = z === w ? 1 : pairs.between(z, w)
      // J Smith and Smith James: an initial beside the very same name.
      if ((first === initial && z === w) || (second === initial && x === y)) return 2
      if (first > closest || second > closest) return 0
      return first === 1 && second === 1 ? 1 : 2
    }
    const ofGiven = (a: number, b: number, level: number): number => {
      const swap = crossed(a, b)
      return swap === 0 ? level : swappedSame + swap - 1
    }
    const ofFamily = (a: number, b: number, level: number): number => {
      if (crossed(a, b) === 0) return level
      // The given name already says "swapped"; here the names count as found in the other column. Which of the two is
      // the family name cannot be known: the one more usual in this column.
      const [x, y, z, w] = [own(a), other(b), own(b), other(a)]
      if (x === y && z === w) return bin[field.counts[x] >= field.counts[z] ? x : z]
      if (x === y && pairs.between(z, w) === initial) return bin[x]
      if (z === w && pairs.between(x, y) === initial) return bin[z]
      return Math.max(x === y ? 0 : pairs.between(x, y), z === w ? 0 : pairs.between(z, w))
    }
    const swapped = place === given ? ofGiven : ofFamily
    const named: Comparison = {
      ...base,
      levelOf: (a, b) => {
        const level = pairs.levelOf(own(a), own(b))
        return level < differs ? level : swapped(a, b, level)
      },
      fillLevels: (batch, column, columns) => {
        takeValues(cells, width, batch, place)
        pairs.fillLevels(us, vs, batch.count, found)
        for (let i = 0; i < batch.count; i++) {
          const level = found[i]
          const a = batch.left[i]
          const b = batch.right[i]
          // Nearly all names are apart crosswise too, and that is soon seen.
          const isSettled = level < differs || pairs.areApart(own(a), other(b)) || pairs.areApart(other(a), own(b))
          batch.levels[i * columns + column] = isSettled ? level : swapped(a, b, level)
        }
      },
    }
    if (place !== given) return named
    return {
      ...named,
      levels: [...levels, 'swapped with the family name', 'swapped, nearly'],
      usualM: [...usualM, 0.02, 0.01],
      personalLevels: personalLevels + 2,
    }
  })
  return [...ofValues, ...fields.flatMap((field, place) => ofMarks(field, place, cells, width))]
}

/** The values of one column, of the left rows and of the right ones. */
function takeValues(cells: Int32Array, width: number, { left, right, count }: PairBatch, place: number): void {
  for (let i = 0; i < count; i++) {
    us[i] = cells[left[i] * width + place]
    vs[i] = cells[right[i] * width + place]
  }
}

/** What in a text tells a thing from its variants, as columns of their own. */
function ofMarks(field: Field, place: number, cells: Int32Array, width: number): Comparison[] {
  return markLevels(field).map((marks): Comparison => {
    const cache = new LevelCache(field.dictionary.length)
    const levelOf = (u: number, v: number): number => {
      if (u === 0 || v === 0) return 0
      const known = cache.get(u, v)
      return known !== 0 ? known - 1 : cache.set(u, v, marks.levelOf(u, v) + 1) - 1
    }
    return {
      name: marks.name,
      field: place,
      kind: 'marks',
      levels: marks.levels,
      usualM: marks.usualM,
      exactCount: 1,
      personalLevels: 0,
      contradicting: marks.contradicting,
      isModel: false,
      levelOf: (a, b) => levelOf(cells[a * width + place], cells[b * width + place]),
      fillLevels: (batch, column, columns) => {
        takeValues(cells, width, batch, place)
        for (let i = 0; i < batch.count; i++) batch.levels[i * columns + column] = levelOf(us[i], vs[i])
      },
    }
  })
}

const NAMES = ['given name', 'full name']

/**
 * A person's own name and birth date: strangers who share the one are no likelier to share the other. Family names are
 * not meant: twins have one, and one birth date.
 */
function unrelatedIn(comparisons: readonly Comparison[]): (i: number, j: number) => boolean {
  const areApart = (a: Comparison, b: Comparison) => NAMES.includes(a.kind) && b.kind === 'date'
  return (i, j) => areApart(comparisons[i], comparisons[j]) || areApart(comparisons[j], comparisons[i])
}

/** What a model must know of the comparisons, whatever pairs it is fitted to; see DependentInput. */
export function shapeOf(comparisons: readonly Comparison[]) {
  return {
    levelCounts: comparisons.map((c) => c.levels.length),
    usualM: comparisons.map((c) => c.usualM),
    exactCounts: comparisons.map((c) => c.exactCount),
    personalLevels: comparisons.map((c) => c.personalLevels),
    areOwnCodes: comparisons.map((c) => c.kind === 'code' && c.personalLevels > 0),
    areTitles: comparisons.map((c) => c.kind === 'text' && c.personalLevels > 0),
    ofParts: comparisons.map((c) => c.kind === 'marks'),
    contradicting: comparisons.map((c) => c.contradicting),
    areUnrelated: unrelatedIn(comparisons),
  }
}

/** Value numbers row by row, [row × fields + field]: the cells of one row lie in one or two lines of the processor's cache. */
export function cellsByRow(fields: readonly Field[]): Int32Array {
  const width = fields.length
  const cells = sharedInts((fields[0]?.ids.length ?? 0) * width)
  fields.forEach(({ ids }, place) => {
    for (let row = 0; row < ids.length; row++) cells[row * width + place] = ids[row]
  })
  return cells
}

function personalLevelsOf(field: Field, all: number, exactCount: number): number {
  // Relatives have half of a full name in common, and many titles some of their words.
  return field.kind !== 'full name' ? all : exactCount + MOSTLY_SAME
}

function distinctLevels(field: Field, nicknames: NicknameGroups, isModel: boolean): DistinctLevels {
  switch (field.kind) {
    case 'given name':
      return new NameLevels(field, [...ENGLISH_NICKNAMES, ...nicknames])
    case 'family name':
      return new NameLevels(field, nicknames)
    case 'date':
      return new DateLevels(field)
    case 'number':
      return new NumberLevels(field)
    case 'code':
      return new CodeLevels(field, isModel)
    case 'full name':
      return new TextLevels(field, [...ENGLISH_NICKNAMES, ...nicknames])
    case 'text':
    case 'address':
      return new TextLevels(field, nicknames)
    default:
      return new OtherLevels()
  }
}
