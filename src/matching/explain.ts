/**
 * Why a pair is a link or not: the waterfall of one pair, in weights that add up and sentences people read.
 *
 * In:  two rows, their pattern, the model's weights, what linking decided. Out: an Explanation (plain data).
 * Nothing is scored again by other rules: the rows shown are the numbers that decided.
 */
import { rawCell } from '../ingest/index.ts'
import { probabilityOf } from '../linking/people.ts'
import { ID_KIND, type RecordTable } from '../records/record-table.ts'
import { BIRTHS, POLICE, REGISTERS } from '../registers/columns.ts'
import { BEYOND, type BeyondRow, beyondWords } from './beyond-pair.ts'
import {
  describeAddress,
  describeBirth,
  describeEthnicity,
  describeId,
  describeKin,
  describeName,
  describePart,
  describePlace,
  describeSex,
} from './compare/describe.ts'
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL } from './compare/levels.ts'
import { COMPARISONS } from './comparisons.ts'
import type { Explanation, ExplanationRow } from './explanation.ts'
import { KIN_LEVEL, PAIR_CLASS, pairClassOf, PLACE_LEVEL } from './kernel.ts'
import type { CountyWeights } from './weigh-county.ts'

export interface Outcome {
  readonly decision: 'link' | 'review' | 'non-link'
  readonly layer: string
  /** Weight the decision rests on; differs from the sum of the rows by household evidence or rivals. */
  readonly weight: number
  /** What beside the rows moved that weight, one of BEYOND. */
  readonly beyond: number
}

/** Raw values shown beside each comparison, by register. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  name: ['name'],
  birth: ['birth_date', 'birth_month'],
  id: ['id_number'],
  sex: ['sex'],
  place: ['area_code', 'hukou_area_code', 'block_code'],
  kin: ['mother_name'],
  claim: ['residence_area_code', 'block_code', 'area_code'],
  address: ['address'],
  ethnicity: ['ethnicity'],
}

/** Rows for what was decided beyond the pair itself: comparison, 中文, English, sentence. */
const HOUSEHOLD_ROW = [
  'household',
  '同户成员',
  'members of both households are linked already',
  '两户已有成员匹配',
] as const
const HOUSEHOLD_LESS_ROW = [
  'household',
  '同户成员',
  'weighed as members of two households that are linked',
  '按已匹配两户的成员另行权衡',
] as const
const INFANT_ROW = [
  'infant',
  '婴儿',
  'an infant is weighed by mother, day and place instead',
  '婴儿另按母亲、日期、地点权衡',
] as const
const FAMILY_ROW = ['family', '家人', 'the family of both is the same', '家人相同'] as const
const LEFTOVER_ROW = [
  'leftover',
  '两头落单',
  'without the pair both would lack a counterpart',
  '双方都没有别的对应登记',
] as const
const LEFTOVER_LESS_ROW = [
  'leftover',
  '两头落单',
  'weighed as two rows that found no other counterpart',
  '按两头落单的登记另行权衡',
] as const
/** Where the layer that decided has said no more than that it did. */
const MORE_ROW = ['context', '旁证', 'other rows speak for it', '其他登记可佐证'] as const
const LESS_ROW = ['against', '反证', 'other rows speak against it', '其他登记不相符'] as const

/** Why a decision rests on more weight than the pair itself has, or on less. `gained` in milli-bits. */
export function reasonBeyond(
  pairClass: number,
  { layer, beyond }: Pick<Outcome, 'layer' | 'beyond'>,
  gained: number,
  isOfBirth = false,
): BeyondRow {
  const isHousehold = layer === 'household' || beyond === BEYOND.household
  if (isHousehold || layer === 'leftover' || beyond === BEYOND.leftover) {
    const words = beyondWords(beyond, gained)
    if (words !== undefined) return words
    if (isOfBirth) return INFANT_ROW
    if (!isHousehold) return gained > 0 ? LEFTOVER_ROW : LEFTOVER_LESS_ROW
    if (pairClass !== PAIR_CLASS.policePolice) return gained > 0 ? HOUSEHOLD_ROW : HOUSEHOLD_LESS_ROW
    if (gained > 0) return FAMILY_ROW
  }
  return beyondWords(beyond, gained) ?? (gained > 0 ? MORE_ROW : LESS_ROW)
}

/**
 * @param pattern as linking believed it: numbers known to be somebody else's taken out
 * @returns rows whose weights and the prior, all milli-bits, add up to what was decided; of a non-link, to what the pair weighs
 */
export function explainPair(
  table: RecordTable,
  weights: CountyWeights,
  left: number,
  right: number,
  pattern: number,
  outcome: Outcome,
): Explanation {
  const prior = weights.prior(left, right, pattern)
  const rows: ExplanationRow[] = COMPARISONS.map((comparison, k) => {
    const level = (pattern >>> comparison.shift) & comparison.mask
    // What was not compared is not shown beside it: the place columns stand in for parents only between census rows.
    const hidden = comparison.name === 'kin' && level === KIN_LEVEL.missing
    const from = comparison.name === 'kin' && level >= KIN_LEVEL.claimVillage ? 'claim' : comparison.name
    const shownLeft = hidden ? '' : shown(table, left, from)
    const shownRight = hidden ? '' : shown(table, right, from)
    const [en, sentence] =
      partWords(weights, comparison.name, level, left, right) ??
      numberWords(table.columns, comparison.name, level, left, right) ??
      placeWords(table, comparison.name, level, left, right) ??
      wordsOf(comparison.name, level)
    return {
      comparison: comparison.name,
      zh: comparison.zh,
      left: shownLeft,
      right: shownRight,
      level,
      en,
      sentence,
      weight: weights.weightOf(k, left, right, pattern),
    }
  })
  const ethnicity = ethnicityRow(table, weights, left, right, pattern)
  if (ethnicity !== undefined) rows.push(ethnicity)
  const sum = rows.reduce((total, row) => total + row.weight, prior)
  if (outcome.decision !== 'non-link' && outcome.weight !== sum) {
    const gained = outcome.weight - sum
    const isOfBirth = table.registerOf(left) === BIRTHS || table.registerOf(right) === BIRTHS
    const [comparison, zh, en, sentence] = reasonBeyond(pairClassOf(pattern), outcome, gained, isOfBirth)
    rows.push({ comparison, zh, left: '', right: '', level: 1, en, sentence, weight: gained })
  }
  const total = rows.reduce((t, row) => t + row.weight, prior)
  return {
    left: keyOf(table, left),
    right: keyOf(table, right),
    prior,
    rows,
    total,
    probability: probabilityOf(total),
    decision: outcome.decision,
    layer: outcome.layer,
    sentence: sentenceOf(rows, outcome),
  }
}

/** Where both rows tell it: births and deaths never do. */
function ethnicityRow(
  table: RecordTable,
  weights: CountyWeights,
  left: number,
  right: number,
  pattern: number,
): ExplanationRow | undefined {
  const { ethnicity } = table.columns
  if (ethnicity[left] === 0 || ethnicity[right] === 0) return undefined
  const level = ethnicity[left] === ethnicity[right] ? 1 : 2
  const [en, sentence] = describeEthnicity(level)
  return {
    comparison: 'ethnicity',
    zh: '民族',
    left: shown(table, left, 'ethnicity'),
    right: shown(table, right, 'ethnicity'),
    level,
    en,
    sentence,
    weight: weights.ethnicityWeight(left, right, pattern),
  }
}

/** `register:record_id` */
export function keyOf(table: RecordTable, row: number): string {
  return `${REGISTERS[table.registerOf(row)]}:${table.recordId(row)}`
}

function shown(table: RecordTable, row: number, comparison: string): string {
  for (const column of SHOWN[comparison] ?? []) {
    const text = rawCell(table, row, column)
    if (text !== '') return text
  }
  return ''
}

/** Words of a level that weighs otherwise where a row says a part only; undefined where the level says it all. */
export function partWords(
  weights: Pick<CountyWeights, 'saySameSurname' | 'isNickname' | 'isYearAlone'>,
  comparison: string,
  level: number,
  left: number,
  right: number,
): ReturnType<typeof describePart> | undefined {
  if (comparison === 'birth')
    return level === BIRTH_LEVEL.yearEqual && weights.isYearAlone(left, right) ? describePart('year') : undefined
  if (comparison !== 'name') return undefined
  if (level === NAME_LEVEL.missing) return weights.saySameSurname(left, right) ? describePart('surname') : undefined
  const isPart = level === NAME_LEVEL.oneOther || level === NAME_LEVEL.givenEqual
  return isPart && weights.isNickname(left, right) ? describePart('nickname') : undefined
}

/** Why two numbers that stand there are not compared; undefined where the level says it all. */
export function numberWords(
  { idKind }: Pick<RecordTable['columns'], 'idKind'>,
  comparison: string,
  level: number,
  left: number,
  right: number,
): ReturnType<typeof describePart> | undefined {
  const isNobodys = idKind[left] === ID_KIND.nobodys || idKind[right] === ID_KIND.nobodys
  return comparison === 'id' && level === ID_LEVEL.missing && isNobodys ? describePart('nobodys') : undefined
}

/** Forms of deaths and births seldom name a hukou: no claim then differs from another. Undefined where the level says it all. */
export function placeWords(
  table: Pick<RecordTable, 'columns' | 'registerOf'>,
  comparison: string,
  level: number,
  left: number,
  right: number,
): ReturnType<typeof describePart> | undefined {
  if (comparison !== 'place' || level !== PLACE_LEVEL.sameVillageHere) return undefined
  const { area, hukouArea } = table.columns
  const isSilent = (row: number): boolean => (table.registerOf(row) === POLICE ? area : hukouArea)[row] === 0
  return isSilent(left) || isSilent(right) ? describePart('village') : undefined
}

function wordsOf(comparison: string, level: number): readonly [string, string] {
  switch (comparison) {
    case 'name':
      return describeName(level)
    case 'birth':
      return describeBirth(level)
    case 'id':
      return describeId(level)
    case 'sex':
      return describeSex(level)
    case 'place':
      return describePlace(level)
    case 'kin':
      return describeKin(level)
    default:
      return describeAddress(level)
  }
}

const VERDICT = { link: '判为同一人', review: '需人工核对', 'non-link': '不判为同一人' } as const

function sentenceOf(rows: readonly ExplanationRow[], outcome: Outcome): string {
  const known = rows.filter((row) => row.level !== 0 || row.weight !== 0)
  const against = known.filter((row) => row.weight < -500).map((row) => row.sentence)
  const strongest = [...known].filter((row) => row.weight > 0).sort((a, b) => b.weight - a.weight)
  const because = strongest.slice(0, 3).map((row) => row.sentence)
  const parts = [because.length > 0 ? because.join('、') : '没有支持的依据']
  if (against.length > 0) parts.push(`但${against.join('、')}`)
  return `${parts.join('，')}，${VERDICT[outcome.decision]}。`
}
