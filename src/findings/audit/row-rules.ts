/**
 * Logic audit 逻辑审核 of one short-form or death-form row: items that are missing or contradict each other.
 *
 * In:  a row. Out: whether it breaks the rule. Hard rules must be corrected, soft ones confirmed. What the number says
 * against sex and birth are findings of their own (id-sex-mismatch, id-birth-mismatch).
 */
import { NAME_KIND, analyseName } from '../../normalise/name.ts'
import { monthOf, yearOf } from '../../records/record-table.ts'
import { CENSUS, CENSUS_DEATHS } from '../../registers/columns.ts'
import { ageOn, isFrom } from '../calendar.ts'
import type { Ground } from '../ground.ts'
import { APART } from '../places.ts'

export interface RowRule {
  readonly id: string
  readonly register: number
  readonly isHard: boolean
  readonly zh: string
  readonly en: string
  isBroken(row: number, ground: Ground): boolean
}

/** Older than anybody on a short form is likely to be. */
const AGE_MAX = 110
const ADULT = 7

export const ROW_RULES: readonly RowRule[] = [
  census('residence-missing', true, '普查时点居住地未填', 'D7 missing', (row, g) => c(g).residence[row] === 0),
  census(
    'hukou-place-missing',
    true,
    '户口登记地未填',
    'D8 missing on a present row',
    (row, g) => c(g).residence[row] === 1 && c(g).hukouPlace[row] === 0,
  ),
  census(
    'undetermined-with-duration',
    true,
    '户口待定不应填离开时间和原因',
    'D8 = 5 with D9 or D10',
    (row, g) => c(g).hukouPlace[row] === 5 && (c(g).awayDuration[row] !== 0 || c(g).awayReason[row] !== 0),
  ),
  census(
    'at-home-but-left',
    true,
    '住在户口地却填了离开时间',
    'D7 = 1 and D8 = 1 but D9 ≠ 1',
    (row, g) => isPresent(row, g) && c(g).hukouPlace[row] === 1 && c(g).awayDuration[row] > 1 && !isOtherBlock(row, g),
  ),
  census(
    'elsewhere-but-not-left',
    true,
    '户口在外村居却填没有离开',
    'D7 = 1 and D8 2–4 but D9 = 1',
    (row, g) => isPresent(row, g) && isAway(c(g).hukouPlace[row]) && c(g).awayDuration[row] === 1,
  ),
  census(
    'away-but-not-left',
    true,
    '人不在户口地却填没有离开',
    'D7 3–7 but D9 = 1',
    (row, g) => c(g).residence[row] >= 3 && c(g).awayDuration[row] === 1,
  ),
  census(
    'duration-missing',
    false,
    '离开时间未填',
    'D9 missing where D7 or D8 asks for it',
    (row, g) =>
      c(g).awayDuration[row] === 0 &&
      (c(g).residence[row] >= 4 || (isPresent(row, g) && (c(g).hukouPlace[row] === 3 || c(g).hukouPlace[row] === 4))),
  ),
  census(
    'residence-code-missing',
    false,
    '现住地区划未填',
    'D7 3–5 without a code',
    (row, g) => c(g).residence[row] >= 3 && c(g).residence[row] <= 5 && c(g).residenceArea[row] === 0,
  ),
  census(
    'hukou-code-missing',
    false,
    '户口登记地区划未填',
    'D8 2–4 without a code',
    (row, g) => isPresent(row, g) && isAway(c(g).hukouPlace[row]) && c(g).claimedHukouArea[row] === 0,
  ),
  census(
    'residence-code-contradicts',
    true,
    '现住地区划与所选类别不符',
    'the code after D7 is not of its category',
    (row, g) => contradicts(g, c(g).area[row], c(g).residenceArea[row], c(g).residence[row] - 1),
  ),
  census(
    'hukou-code-contradicts',
    true,
    '户口登记地区划与所选类别不符',
    'the code after D8 is not of its category',
    (row, g) => isPresent(row, g) && contradicts(g, c(g).area[row], c(g).claimedHukouArea[row], c(g).hukouPlace[row]),
  ),
  census('sex-missing', true, '性别未填', 'D4 missing', (row, g) => c(g).sex[row] === 0),
  census('birth-missing', true, '出生年月未填', 'D5 missing', (row, g) => c(g).birth[row] === 0),
  census('birth-after-reference', true, '出生在标准时点之后', 'D5 after the reference time', (row, g) =>
    isFrom(c(g).birth[row], g.reference),
  ),
  census(
    'age-implausible',
    false,
    '年龄超过110岁',
    'older than 110',
    (row, g) => ageOn(c(g).birth[row], g.reference) > AGE_MAX,
  ),
  census('unnamed', false, '7岁以上未填姓名', 'no name at 7 or older', (row, g) => {
    if (ageOn(c(g).birth[row], g.reference) < ADULT) return false
    if (c(g).name[row] === 0) return true
    const kind =
      g.names === undefined ? analyseName(g.table.names.text(c(g).name[row])).kind : g.names.kind(c(g).name[row])
    return kind === NAME_KIND.blank || kind === NAME_KIND.placeholder
  }),
  {
    id: 'death-age',
    register: CENSUS_DEATHS,
    isHard: true,
    zh: '死亡年龄与出生、死亡年月不符',
    en: 'age is not that of the months of birth and death',
    isBroken(row, g) {
      const { age, birth, death } = c(g)
      if (age[row] === 0 || birth[row] === 0 || death[row] === 0) return false
      const years = yearOf(death[row]) - yearOf(birth[row])
      const least = monthOf(death[row]) > monthOf(birth[row]) ? years : years - 1
      const most = monthOf(death[row]) >= monthOf(birth[row]) ? years : years - 1
      return age[row] - 1 < least || age[row] - 1 > most
    },
  },
  {
    id: 'death-before-birth',
    register: CENSUS_DEATHS,
    isHard: true,
    zh: '死亡早于出生',
    en: 'death before birth',
    isBroken: (row, g) => c(g).birth[row] !== 0 && c(g).death[row] !== 0 && c(g).death[row] >> 5 < c(g).birth[row] >> 5,
  },
]

function census(id: string, isHard: boolean, zh: string, en: string, isBroken: RowRule['isBroken']): RowRule {
  return { id, register: CENSUS, isHard, zh, en, isBroken }
}

function c(ground: Ground): Ground['table']['columns'] {
  return ground.table.columns
}

function isPresent(row: number, g: Ground): boolean {
  return c(g).residence[row] === 1
}

function isAway(hukouPlace: number): boolean {
  return hukouPlace >= 2 && hukouPlace <= 4
}

/** Living in another block of the hukou village: D8 = 1 and yet left the hukou. */
function isOtherBlock(row: number, g: Ground): boolean {
  const { people } = g
  const { residence, area } = c(g)
  const person = people.personOf[row]
  for (let k = people.rowStart[person]; k < people.rowStart[person + 1]; k++) {
    const other = people.rows[k]
    if (residence[other] === 2 && area[other] === area[row]) return true
  }
  return false
}

/** A code whose distance from the village is surely not the category's (1 same village … 4 other county). */
function contradicts(g: Ground, village: number, code: number, category: number): boolean {
  if (code === 0 || category < 1 || category > 4) return false
  const { places } = g
  const isOtherCounty = places.apart(village, code) === APART.otherCounty
  if (isOtherCounty || category === APART.otherCounty) return isOtherCounty !== (category === APART.otherCounty)
  const apart = places.apart(village, code)
  return apart !== APART.unknown && apart !== category
}
