/**
 * The comparison table of one pair, as much of it as the level of the view permits.
 *
 * In:  two rows as written, mask level. Out: fields in a fixed order with differences; of ID numbers at L1 only the
 *      differing characters, or only their places where more would leave fewer than fifty possible numbers (mask.ts).
 * Nothing that the level hides leaves this function: the page cannot show what it never got.
 */
import { formatEthnicity, parseEthnicity } from '../../../normalise/ethnicity.ts'
import { checkDigit, foldIdText } from '../../../normalise/id-number.ts'
import {
  addressOf,
  birthOf,
  fieldOf,
  hukouPlaceWords,
  livingWords,
  nameOf,
  relationOf,
  sexOf,
  statusWords,
} from '../../../report/lists/record-words.ts'
import type { RunRecord } from '../../../store/run-record.ts'
import { maskIdPair, maskNumbersInText } from '../../../report/mask.ts'
import type { FieldId, FieldView, Segment } from '../../api.ts'
import { compareTexts, segments, whole } from './differences.ts'

export type ViewLevel = 'L1' | 'L3'

/** Compared character by character between any two registers; the others only when both sides are one register. */
const COMPARABLE: ReadonlySet<FieldId> = new Set<FieldId>(['name', 'sex', 'birth', 'ethnicity', 'parents'])

const TEXTS: readonly { readonly id: FieldId; readonly of: (record: RunRecord) => string }[] = [
  { id: 'name', of: nameOf },
  { id: 'formerName', of: (record) => maskNumbersInText(fieldOf(record, 'former_name')) },
  { id: 'sex', of: sexOf },
  { id: 'birth', of: birthOf },
  { id: 'relation', of: relationOf },
  { id: 'ethnicity', of: ethnicityOf },
  { id: 'parents', of: parentsOf },
  { id: 'address', of: addressOf },
  { id: 'place', of: placeOf },
  { id: 'household', of: householdOf },
  { id: 'status', of: statusOf },
]

/** @param canShowDigits false where showing them beside other candidates would tell more than one pair may */
export function compareFields(
  left: RunRecord,
  right: RunRecord,
  { level, canShowDigits }: { readonly level: ViewLevel; readonly canShowDigits: boolean },
): readonly FieldView[] {
  const fields: FieldView[] = [compareNumbers(left, right, level, canShowDigits)]
  const isOneRegister = left.register === right.register
  for (const { id, of } of TEXTS) {
    const a = of(left)
    const b = of(right)
    if (a === '' && b === '') continue
    if (id === 'birth') fields.push(compareBirths(a, b))
    else if (id === 'formerName') fields.push(compareFormerNames(left, right, a, b))
    else if (id === 'parents' && (a === '' || b === ''))
      // Not every register asks for parents: nothing is missing there.
      fields.push({ id, left: whole(a, 0), right: whole(b, 0), sign: '', kind: 'info' })
    else if (COMPARABLE.has(id) || isOneRegister) fields.push({ id, ...compareTexts(a, b) })
    else fields.push({ id, left: whole(a, 0), right: whole(b, 0), sign: a === b ? '=' : '', kind: 'info' })
  }
  return fields
}

export function countKinds(fields: readonly FieldView[]): { same: number; differ: number; missing: number } {
  const count = (kinds: readonly string[]) => fields.filter((field) => kinds.includes(field.kind)).length
  return { same: count(['same']), differ: count(['differ', 'near']), missing: count(['missing']) }
}

const WEIGHTIEST: readonly FieldId[] = ['id', 'name', 'birth', 'sex', 'parents', 'ethnicity']

export function mainDifference(fields: readonly FieldView[]): FieldId | undefined {
  for (const kind of ['differ', 'near'] as const)
    for (const id of WEIGHTIEST) if (fields.some((field) => field.id === id && field.kind === kind)) return id
  return undefined
}

function compareNumbers(left: RunRecord, right: RunRecord, level: ViewLevel, canShowDigits: boolean): FieldView {
  const a = fieldOf(left, 'id_number')
  const b = fieldOf(right, 'id_number')
  const checks = [checkOf(a), checkOf(b)] as const
  const shown = { birth: longest(birthOf(left), birthOf(right)), sex: sexOf(left) || sexOf(right) }
  const masked = maskIdPair(a, b, { birth: shown.birth.replaceAll('-', ''), sex: shown.sex })
  const kind =
    masked.sign === '=' ? 'same' : masked.sign === '∅' ? 'missing' : masked.sign.startsWith('⇄') ? 'near' : 'differ'
  const base = { id: 'id', sign: masked.sign, kind, checks } as const
  const marks = differingPlaces(a, b)
  if (level === 'L3') return { ...base, left: marked(foldIdText(a), marks), right: marked(foldIdText(b), marks) }
  const hide = (text: string) => text.replaceAll(/./gu, '*')
  const [shownLeft, shownRight] = canShowDigits ? [masked.left, masked.right] : [hide(masked.left), hide(masked.right)]
  return { ...base, left: marked(shownLeft, marks), right: marked(shownRight, marks) }
}

function marked(text: string, places: ReadonlySet<number>): readonly Segment[] {
  const characters = Array.from(text)
  return segments(
    characters,
    characters.map((_, i) => places.has(i)),
  )
}

function differingPlaces(a: string, b: string): ReadonlySet<number> {
  const x = Array.from(foldIdText(a))
  const y = Array.from(foldIdText(b))
  if (x.length !== y.length) return new Set()
  return new Set(x.flatMap((character, i) => (character === y[i] ? [] : [i])))
}

function checkOf(text: string): boolean | null {
  const id = foldIdText(text)
  return /^\d{17}[\dX]$/.test(id) ? checkDigit(id) === id[17] : null
}

/** A month against a full date agrees as far as it goes. */
function compareBirths(a: string, b: string): FieldView {
  const shorter = Math.min(a.length, b.length)
  if (shorter >= 7 && a.length !== b.length && a.slice(0, shorter) === b.slice(0, shorter))
    return { id: 'birth', left: whole(a, 0), right: whole(b, 0), sign: '=', kind: 'same' }
  return { id: 'birth', ...compareTexts(a, b) }
}

/** A former name is compared with the other side's name: that is what it is for. */
function compareFormerNames(left: RunRecord, right: RunRecord, a: string, b: string): FieldView {
  const isKnown = (a !== '' && a === nameOf(right)) || (b !== '' && b === nameOf(left)) || (a !== '' && a === b)
  return {
    id: 'formerName',
    left: whole(a, 0),
    right: whole(b, 0),
    sign: isKnown ? '=' : '',
    kind: isKnown ? 'same' : 'info',
  }
}

function longest(a: string, b: string): string {
  return b.length > a.length ? b : a
}

/** 汉, 汉族 and 01 are one word. */
function ethnicityOf(record: RunRecord): string {
  const text = fieldOf(record, 'ethnicity')
  const code = parseEthnicity(text)
  return code === 0 ? maskNumbersInText(text) : formatEthnicity(code)
}

function parentsOf(record: RunRecord): string {
  return [fieldOf(record, 'father_name'), fieldOf(record, 'mother_name')]
    .filter((name) => name !== '')
    .map(maskNumbersInText)
    .join(' / ')
}

function placeOf(record: RunRecord): string {
  switch (record.register) {
    case 'police':
      return fieldOf(record, 'area_code')
    case 'census':
      return hukouPlaceWords(record)
    default:
      return fieldOf(record, 'hukou_area_code') || fieldOf(record, 'area_code')
  }
}

function householdOf(record: RunRecord): string {
  const household = maskNumbersInText(fieldOf(record, 'household_no'))
  return record.block === '' ? household : `${record.block.slice(12)} / ${household}`
}

function statusOf(record: RunRecord): string {
  if (record.register === 'police') return statusWords(record)
  if (record.register === 'census') return livingWords(record)
  return fieldOf(record, 'death_date') || fieldOf(record, 'death_month')
}

/** One row alone, without its number. */
export function fieldTexts(record: RunRecord): readonly { readonly id: FieldId; readonly text: string }[] {
  return TEXTS.map(({ id, of }) => ({ id, text: of(record) })).filter(({ text }) => text !== '')
}
