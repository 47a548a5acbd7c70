/**
 * Comparisons: from two rows to one level per column (or pair of name columns), 0 when either side is not known.
 *
 * In:  fields. Out: level functions over row numbers and the names of their levels. Exact agreement is divided by how
 *      rare the value is, in steps of two bits, so that term frequency lies in the tables like every other level.
 * Leaves to value-pairs.ts: levels of two values, one by one or thousands at once; to dependence.ts: what a level weighs.
 */
import { EventDateLevels } from './event-dates.ts'
import { sharedInts } from '../../records/shared-memory.ts'
import { CodeLevels, DateLevels, type DistinctLevels, NameLevels, OtherLevels } from './value-levels.ts'
import { markLevels } from './marks.ts'
import { ENGLISH_NICKNAMES, type NicknameGroups } from '../fields/nicknames.ts'
import { FEW_NAMES, HALF_SAME, MOSTLY_SAME, OTHERS, TextLevels } from './text-levels.ts'
import type { Field } from '../fields/fields.ts'
import { isUnspaced } from '../fields/fold.ts'
import { areModels, areOwn, areOwnCodes } from '../fields/own-names.ts'
import { NumberLevels } from './number-levels.ts'
import { LevelCache } from './level-cache.ts'
import { BATCH, ValuePairs } from './value-pairs.ts'
import type { Comparison, PairBatch } from './comparison.ts'
import { repeatedShare, usualStrangers } from './usual-strangers.ts'
import { familyNameSwapped, givenNameSwapped } from './swapped-names.ts'

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

/** Part of the rows that must have an address for what they are called to be names of places and not of works or of firms at large. */
const ADDRESSED_LEAST = 0.9

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
  const hasPersons = fields.some(({ kind }) => OF_PERSONS.includes(kind))
  const areAtAddresses =
    !hasPersons && fields.some(({ kind, known, ids }) => kind === 'address' && known >= ADDRESSED_LEAST * ids.length)
  // Two restaurants of one hotel share half a name as relatives do; the tracks of an album have no address. Few rows do not show it.
  const isWholeName = fields.map(
    ({ kind, known }, place) =>
      kind === 'full name' || (kind === 'text' && isOwn[place] && areAtAddresses && known > FEW_NAMES),
  )
  const levelsBy = fields.map((field, place) =>
    distinctLevels(
      field,
      nicknames,
      isOneTable && isOwnCode[place] && areModels(field),
      hasPersons,
      isWholeName[place],
    ),
  )
  const ofValues = fields.map((field, place): Comparison => {
    const isModel = isOwnCode[place] && areModels(field)
    const distinct = levelsBy[place]
    const { bin, shares } = rarityBins(field.counts, field.known)
    const pairs = new ValuePairs(distinct, bin, shares.length, field.dictionary.length)
    const comparison: Comparison = {
      name: field.name,
      field: place,
      kind: field.kind,
      ...levelsOf(distinct, shares),
      usualU: usualStrangers(
        field.kind === 'date' && !hasPersons ? 'event' : field.kind,
        shares,
        repeatedShare(field.counts),
      ),
      exactCount: shares.length,
      personalLevels: isOwnCode[place]
        ? shares.length
        : isOwn[place]
          ? personalLevelsOf(field, isWholeName[place], distinct, shares.length)
          : 0,
      isWholeName: isWholeName[place],
      contradicting: [],
      isModel,
      ...lookingAt(pairs, cells, width, place),
    }
    if (given < 0 || family < 0 || (place !== given && place !== family)) return comparison
    const column = { comparison, pairs, bin, counts: field.counts, differs: shares.length + 1 + distinct.differs }
    return place === given
      ? givenNameSwapped(column, cells, width, family)
      : familyNameSwapped(column, cells, width, given)
  })
  // Where other words or codes say which thing it is too, EM does better without knowing a code in the title from a size.
  const isAlone = fields.filter(({ kind }) => kind === 'text' || kind === 'code').length === 1
  const ofOthers = fields.flatMap((field, place) => {
    const levels = levelsBy[place]
    const isMeant = isOneTable && isOwn[place] && hasSeveralWords(field)
    return isMeant && levels instanceof TextLevels ? [ofOtherWords(field, place, levels, cells, width)] : []
  })
  return [...ofValues, ...fields.flatMap((field, place) => ofMarks(field, place, cells, width, isAlone)), ...ofOthers]
}

/** Part of the known rows that must hold several words for what each of two has beside the other to say something. */
const SEVERAL_LEAST = 0.5

function hasSeveralWords({ kind, dictionary, counts, known }: Field): boolean {
  if (kind !== 'text') return false
  let several = 0
  for (let id = 1; id < dictionary.length; id++) if (dictionary[id].includes(' ')) several += counts[id]
  return several >= SEVERAL_LEAST * known && several > 0
}

/**
 * The words that two titles of one table do not share: one thing is described more fully here and less fully there, while two
 * things of one kind have a word of their own each (two universities, whatever the departments).
 */
function ofOtherWords(field: Field, place: number, text: TextLevels, cells: Int32Array, width: number): Comparison {
  const levelOf = (u: number, v: number): number => (u === 0 || v === 0 || u === v ? 0 : text.othersOf(u, v))
  return {
    name: `${field.name}: others`,
    field: place,
    kind: 'others',
    levels: OTHERS.map(({ name }) => name),
    usualM: OTHERS.map(({ usualM }) => usualM),
    exactCount: 0,
    personalLevels: 0,
    isWholeName: false,
    contradicting: [],
    isModel: false,
    levelOf: (a, b) => levelOf(cells[a * width + place], cells[b * width + place]),
    fillLevels: (batch, column, columns) => {
      takeValues(cells, width, batch, place)
      for (let i = 0; i < batch.count; i++) batch.levels[i * columns + column] = levelOf(us[i], vs[i])
    },
  }
}

/** Names of the levels and how matches usually fall on them: missing, exact by rarity, then what the kind calls near. */
function levelsOf({ levels: near }: DistinctLevels, shares: readonly number[]): Pick<Comparison, 'levels' | 'usualM'> {
  const exact = shares.map(
    (_, i) => `same${shares.length === 1 ? '' : i === shares.length - 1 ? ', rarest' : `, rarity ${i + 1}`}`,
  )
  const exactM = 1 - near.reduce((sum, level) => sum + level.usualM, 0)
  return {
    levels: ['missing', ...exact, ...near.map((level) => level.name)],
    usualM: [1, ...shares.map((share) => Math.max(exactM * share, 1e-4)), ...near.map((level) => level.usualM)],
  }
}

/** The levels of the values of one column, by rows. */
function lookingAt(
  pairs: ValuePairs,
  cells: Int32Array,
  width: number,
  place: number,
): Pick<Comparison, 'levelOf' | 'fillLevels'> {
  return {
    levelOf: (a, b) => pairs.levelOf(cells[a * width + place], cells[b * width + place]),
    fillLevels: (batch, column, columns) => {
      takeValues(cells, width, batch, place)
      pairs.fillLevels(us, vs, batch.count, found)
      for (let i = 0; i < batch.count; i++) batch.levels[i * columns + column] = found[i]
    },
  }
}

/** The values of one column, of the left rows and of the right ones. */
function takeValues(cells: Int32Array, width: number, { left, right, count }: PairBatch, place: number): void {
  for (let i = 0; i < count; i++) {
    us[i] = cells[left[i] * width + place]
    vs[i] = cells[right[i] * width + place]
  }
}

/** What in a text tells a thing from its variants, as columns of their own. */
function ofMarks(field: Field, place: number, cells: Int32Array, width: number, areCodesTold: boolean): Comparison[] {
  return markLevels(field, areCodesTold).map((marks): Comparison => {
    const cache = new LevelCache(field.dictionary.length)
    const levelOf = (u: number, v: number): number => {
      if (u === 0 || v === 0) return 0
      const known = cache.get(u, v)
      return known !== 0 ? known - 1 : cache.set(u, v, marks.levelOf(u, v) + 1) - 1
    }
    return {
      name: marks.name,
      field: place,
      kind: marks.isSilent === true ? 'sizes' : 'marks',
      levels: marks.levels,
      usualM: marks.usualM,
      exactCount: 1,
      personalLevels: 0,
      isWholeName: false,
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
/** Where a table has such a column its dates are births. */
const OF_PERSONS = [...NAMES, 'family name']

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
    usualU: comparisons.map((c) => c.usualU),
    exactCounts: comparisons.map((c) => c.exactCount),
    personalLevels: comparisons.map((c) => c.personalLevels),
    areOwnCodes: comparisons.map((c) => c.kind === 'code' && c.personalLevels > 0),
    // Where names are all there is nothing else could have them differ.
    areWholeNames: comparisons.map((c) => c.isWholeName && comparisons.some(({ kind }) => kind !== c.kind)),
    areTitles: comparisons.map((c) => c.kind === 'text' && c.personalLevels > 0),
    ofParts: comparisons.map((c) => ['marks', 'sizes', 'others'].includes(c.kind)),
    areSizes: comparisons.map((c) => c.kind === 'sizes'),
    // Groups show what matches are like; EM alone takes likeness that one more word explains for a kind of match.
    areSilent: comparisons.map((c) => c.kind === 'others' || c.kind === 'sizes'),
    hangsOn: comparisons.map((c) => (c.kind === 'others' ? c.field : -1)),
    // Sizes are asked when all is learned: EM that knows them takes things of one kind and size for matches.
    contradicting: comparisons.map((c) => (c.kind === 'sizes' ? [] : c.contradicting)),
    otherSizes: comparisons.map((c) => (c.kind === 'sizes' ? c.contradicting : [])),
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

/** Up to which level agreement belongs to one person, in a column that holds what is a row's own. */
function personalLevelsOf(field: Field, isWholeName: boolean, { levels }: DistinctLevels, exactCount: number): number {
  // Relatives have half of a full name in common, and many titles some of their words. A firm that is written with its county
  // and without it shares half of its pairs of characters with itself.
  return exactCount + (!isWholeName ? levels.length : isMostlyUnspaced(field) ? HALF_SAME : MOSTLY_SAME)
}

/** Titles that most rows write without spaces; names of persons are too short for it to matter. */
function isMostlyUnspaced({ kind, dictionary, counts, known }: Field): boolean {
  if (kind !== 'text') return false
  let unspaced = 0
  dictionary.forEach((text, id) => {
    if (isUnspaced(text)) unspaced += counts[id]
  })
  return unspaced > known / 2
}

function distinctLevels(
  field: Field,
  nicknames: NicknameGroups,
  isModel: boolean,
  hasPersons: boolean,
  isWholeName: boolean,
): DistinctLevels {
  switch (field.kind) {
    case 'given name':
      return new NameLevels(field, [...ENGLISH_NICKNAMES, ...nicknames])
    case 'family name':
      return new NameLevels(field, nicknames)
    case 'date':
      return hasPersons ? new DateLevels(field) : new EventDateLevels(field)
    case 'number':
      return new NumberLevels(field)
    case 'code':
      return new CodeLevels(field, isModel)
    case 'full name':
      return new TextLevels(field, [...ENGLISH_NICKNAMES, ...nicknames], isWholeName)
    case 'text':
    case 'address':
      return new TextLevels(field, nicknames, isWholeName)
    default:
      return new OtherLevels()
  }
}
