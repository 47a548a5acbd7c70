/**
 * Why a pair is a link or not: the waterfall of one pair, in weights that add up and sentences people read.
 *
 * In:  two rows, their pattern, the model's weights, what linking decided. Out: an Explanation (plain data).
 * Nothing is scored again by other rules: the rows shown are the numbers that decided.
 */
import { rawCell } from '../ingest/index.ts'
import { probabilityOf } from '../linking/people.ts'
import type { RecordTable } from '../records/record-table.ts'
import { REGISTERS } from '../registers/columns.ts'
import { describeBirth, describeId, describeName, describeSex } from './compare/describe.ts'
import { COMPARISONS } from './county-model.ts'
import type { Explanation, ExplanationRow } from './explanation.ts'
import { ADDRESS_LEVEL, KIN_LEVEL, PLACE_LEVEL } from './kernel.ts'
import type { CountyWeights } from './weigh-county.ts'

export interface Outcome {
  readonly decision: 'link' | 'review' | 'non-link'
  readonly layer: string
  /** Weight the decision rests on; differs from the sum of the rows by household evidence or rivals. */
  readonly weight: number
}

/** Raw values shown beside each comparison, by register. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  name: ['name'],
  birth: ['birth_date', 'birth_month'],
  id: ['id_number'],
  sex: ['sex'],
  place: ['area_code', 'hukou_area_code', 'block_code'],
  kin: ['mother_name', 'residence_area_code', 'block_code'],
  address: ['address'],
}

const PLACE_WORDS: Readonly<Record<number, readonly [string, string]>> = {
  [PLACE_LEVEL.missing]: ['no place to compare', '户籍地无从比较'],
  [PLACE_LEVEL.village]: ['hukou village as claimed', '户籍村居一致'],
  [PLACE_LEVEL.townshipAsKnown]: ['township as claimed', '户籍乡镇一致（只知到乡镇）'],
  [PLACE_LEVEL.townshipVillageDiffers]: ['same township, other village', '同乡镇不同村居'],
  [PLACE_LEVEL.countyAsKnown]: ['county as claimed', '户籍县一致（只知到县）'],
  [PLACE_LEVEL.countyTownshipDiffers]: ['same county, other township', '同县不同乡镇'],
  [PLACE_LEVEL.countyDiffers]: ['another county', '不同县'],
  [PLACE_LEVEL.sameVillageHere]: ['claims differ, both rows in one village', '所报户籍地不同，但登记在同一村居'],
}

const KIN_WORDS: Readonly<Record<number, readonly [string, string]>> = {
  [KIN_LEVEL.missing]: ['nothing to compare', '无从比较'],
  [KIN_LEVEL.agree]: ['parents agree', '父母一致'],
  [KIN_LEVEL.partly]: ['one parent agrees', '父母之一一致'],
  [KIN_LEVEL.differ]: ['parents differ', '父母不一致'],
  [KIN_LEVEL.claimVillage]: ['the away row names the other row’s village', '外出去向与另一登记的村居一致'],
  [KIN_LEVEL.claimTownship]: ['the away row names the other row’s township', '外出去向与另一登记的乡镇一致'],
  [KIN_LEVEL.claimCounty]: ['the away row names the other row’s county', '外出去向与另一登记的县一致'],
  [KIN_LEVEL.claimElsewhere]: ['the away row names another place', '外出去向与另一登记地不一致'],
}

const ADDRESS_WORDS: Readonly<Record<number, readonly [string, string]>> = {
  [ADDRESS_LEVEL.missing]: ['no address to compare', '住址无从比较'],
  [ADDRESS_LEVEL.equal]: ['same address', '住址一致'],
  [ADDRESS_LEVEL.differ]: ['other address', '住址不同'],
  [ADDRESS_LEVEL.firstPart]: ['same group or road as far as known', '住址组别（路段）一致，门牌未详'],
}

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
    const shownLeft = hidden ? '' : shown(table, left, comparison.name)
    const shownRight = hidden ? '' : shown(table, right, comparison.name)
    const [en, sentence] = wordsOf(comparison.name, level)
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
  const sum = rows.reduce((total, row) => total + row.weight, prior)
  if (outcome.decision !== 'non-link' && outcome.weight !== sum) {
    const byHousehold = outcome.layer === 'household'
    rows.push({
      comparison: byHousehold ? 'household' : 'rivals',
      zh: byHousehold ? '同户成员' : '其他候选',
      left: '',
      right: '',
      level: 1,
      en: byHousehold ? 'members of both households are linked already' : 'other candidates or a place already taken',
      sentence: byHousehold ? '两户已有成员匹配' : '另有相近候选或该人已有同类登记',
      weight: outcome.weight - sum,
    })
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
      return PLACE_WORDS[level]
    case 'kin':
      return KIN_WORDS[level]
    default:
      return ADDRESS_WORDS[level]
  }
}

const VERDICT = { link: '判为同一人', review: '需人工核对', 'non-link': '不判为同一人' } as const

function sentenceOf(rows: readonly ExplanationRow[], outcome: Outcome): string {
  const known = rows.filter((row) => row.level !== 0)
  const against = known.filter((row) => row.weight < -500).map((row) => row.sentence)
  const strongest = [...known].filter((row) => row.weight > 0).sort((a, b) => b.weight - a.weight)
  const because = strongest.slice(0, 3).map((row) => row.sentence)
  const parts = [because.length > 0 ? because.join('、') : '没有支持的依据']
  if (against.length > 0) parts.push(`但${against.join('、')}`)
  return `${parts.join('，')}，${VERDICT[outcome.decision]}。`
}
