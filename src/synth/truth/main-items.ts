/**
 * True findings on main items: name, sex, ethnic group, birth and number of a row against the
 * person's active police row.
 *
 * In:  one person's state. Out: main-item-error on the other row, once a row.
 */
import type { PoliceRow, RegisterName } from '../rows.ts'
import { compareNames, foldName } from './name-readings.ts'
import { compareNumbers, type ReadNumber, readNumber } from './number-readings.ts'
import type { PersonState } from './people-index.ts'
import { readDate, readEthnicGroup, readMonth, readSex } from './readings.ts'
import { type FindingSink, keysOf, type RecordKey } from './sink.ts'

/** A row of any register with the items that it has. */
interface Items {
  readonly keys: readonly RecordKey[]
  readonly register: RegisterName
  readonly name: string
  readonly sex: number
  readonly ethnicity: string
  readonly date: number
  readonly month: number
  readonly number: ReadNumber
}

const NO_NUMBER = readNumber('')

function itemsOf(state: PersonState): Items[] {
  const items: Items[] = []
  const add = (
    register: RegisterName,
    row: { record_id: string; name: string; sex: string; ethnicity?: string },
    birth: { readonly date: number; readonly month: number },
    number: string,
  ): void => {
    items.push({
      keys: keysOf(register, [row]),
      register,
      name: row.name,
      sex: readSex(row.sex),
      ethnicity: readEthnicGroup(row.ethnicity ?? ''),
      ...birth,
      number: number === '' ? NO_NUMBER : readNumber(number),
    })
  }
  const inMonth = (text: string) => ({ date: 0, month: readMonth(text) })
  const onDay = (text: string) => ({ date: readDate(text), month: readMonth(text) })
  for (const row of state.census) add('census', row, inMonth(row.birth_month), row.id_number)
  for (const row of state.forms) add('census_deaths', row, inMonth(row.birth_month), row.id_number)
  for (const row of state.births) add('births', row, onDay(row.birth_date), '')
  for (const row of state.deaths) add('deaths', row, onDay(row.birth_date), row.id_number)
  return items
}

function policeItems(row: PoliceRow): Items {
  const date = readDate(row.birth_date)
  return {
    keys: keysOf('police', [row]),
    register: 'police',
    name: row.name,
    sex: readSex(row.sex),
    ethnicity: readEthnicGroup(row.ethnicity),
    date,
    month: Math.floor(date / 100),
    number: readNumber(row.id_number),
  }
}

interface Difference {
  certain: number
  doubtful: number
  dateDiffers: boolean
  nameKind: string
}

function compareItems(left: Items, right: Items, known: ReadonlySet<string>): Difference {
  const found: Difference = { certain: 0, doubtful: 0, dateDiffers: false, nameKind: 'same' }
  found.nameKind = compareNames(left.name, right.name, known)
  if (found.nameKind === 'different') found.certain++
  else if (found.nameKind !== 'same') found.doubtful++
  if (left.sex !== 0 && right.sex !== 0 && left.sex !== right.sex) found.certain++
  if (left.ethnicity !== '' && right.ethnicity !== '' && left.ethnicity !== right.ethnicity) found.certain++
  if (left.month !== 0 && right.month !== 0) {
    found.dateDiffers = left.date !== 0 && right.date !== 0 ? left.date !== right.date : left.month !== right.month
    if (found.dateDiffers) found.certain++
  }
  const numbers = compareNumbers(left.number, right.number)
  if (numbers === 'different') found.certain++
  else if (numbers === 'may') found.doubtful++
  return found
}

export function judgeMainItems(state: PersonState, sink: FindingSink): void {
  const others = itemsOf(state)
  const known = new Set(
    state.police.flatMap((row) => [foldName(row.name), foldName(row.former_name)]).filter((name) => name !== ''),
  )
  if (state.active.length === 0) {
    judgeWithoutRegister([...others, ...state.effective.map(policeItems)], known, sink)
    return
  }
  const standing = state.active.map(policeItems)
  for (const row of others) {
    const best = standing
      .map((police) => compareItems(row, police, known))
      .reduce((a, b) => (b.certain < a.certain || (b.certain === a.certain && b.doubtful < a.doubtful) ? b : a))
    if (best.certain === 0 && best.doubtful === 0) continue
    sink.put('main-item-error', best.certain > 0, row.keys)
    nameAlternatives(best, row.keys, sink)
    // The damaged name may be the register's.
    if (best.nameKind === 'damaged') sink.may('name-damaged', keysOf('police', state.active))
  }
  for (const row of state.effective) {
    if (!state.active.includes(row)) sink.may('main-item-error', differing(policeItems(row), standing, known))
  }
}

function differing(row: Items, others: readonly Items[], known: ReadonlySet<string>): readonly RecordKey[] {
  const differs = others.some((other) => {
    const { certain, doubtful } = compareItems(row, other, known)
    return certain + doubtful > 0
  })
  return differs ? row.keys : []
}

function judgeWithoutRegister(rows: readonly Items[], known: ReadonlySet<string>, sink: FindingSink): void {
  for (const row of rows) {
    for (const other of rows) {
      if (other === row) continue
      const difference = compareItems(row, other, known)
      if (difference.certain + difference.doubtful === 0) continue
      sink.may('main-item-error', row.keys)
      nameAlternatives(difference, row.keys, sink)
      break
    }
  }
}

function nameAlternatives(difference: Difference, keys: readonly RecordKey[], sink: FindingSink): void {
  if (difference.dateDiffers) sink.may('lunar-suspect', keys)
  if (difference.nameKind === 'damaged') sink.may('name-damaged', keys)
  else if (difference.nameKind !== 'same') sink.may('name-variant', keys)
}
