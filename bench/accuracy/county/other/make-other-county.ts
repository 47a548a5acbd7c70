/**
 * A county made by somebody else: files of five registers and people.csv with the truth, from code that shares nothing
 * with src/synth: other places, names, families, slips, address styles; columns that are missing altogether.
 * What must be found follows from the rows as written and the true people: src/synth/truth judges it, as it does for
 * our own counties (it knows neither how a county was made nor how bidui finds).
 *   npx tsx bench/accuracy/county/other/make-other-county.ts --kind rough --people 20000 --seed a --out DIR
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { REGISTER_SPECS, REGISTERS, type RegisterName } from '../../../../src/registers/columns.ts'
import type { Registers } from '../../../../src/synth/rows.ts'
import { judgeCounty } from '../../../../src/synth/truth/index.ts'
import { Draw } from './draw.ts'
import { type OfficeHabits, type Row, writeDown } from './registers.ts'
import { COUNTY, World, type WorldHabits } from './world.ts'

type Habits = Omit<WorldHabits, 'people'> & OfficeHabits & { readonly recordIds: boolean }

const PLAIN: Habits = {
  clanShare: 0.3,
  dottedShare: 0.02,
  doubleHukouShare: 0.006,
  slips: 1,
  numbersMissing: 0.2,
  without: {},
  policeAddress: 'town-first',
  censusAddress: 'village-first',
  ethnicity: 'text',
  householdNumbers: 'per-block',
  dates: 'compact',
  recordIds: true,
}

/** Kinds of other counties, by what their offices are like. */
export const OTHER_COUNTIES = {
  plain: PLAIN,
  rough: { ...PLAIN, slips: 3, numbersMissing: 0.4, clanShare: 0.6, doubleHukouShare: 0.012, dates: 'slashes' },
  bare: {
    ...PLAIN,
    numbersMissing: 0.3,
    recordIds: false,
    dates: 'dashes',
    without: {
      police: [
        'relation',
        'address',
        'person_no',
        'father_name',
        'father_id',
        'mother_name',
        'mother_id',
        'spouse_name',
        'spouse_id',
        'ethnicity',
        'former_name',
      ],
      census: [
        'relation',
        'address',
        'ethnicity',
        'persons_present',
        'persons_away',
        'away_duration',
        'away_reason',
        'residence_area_code',
        'hukou_area_code',
      ],
      census_deaths: ['id_number', 'birth_month', 'age'],
      births: ['name', 'father_name', 'father_id', 'area_code', 'address'],
      deaths: ['area_code', 'address'],
    },
  },
  minority: {
    ...PLAIN,
    dottedShare: 0.6,
    numbersMissing: 0.35,
    slips: 1.5,
    ethnicity: 'code',
    householdNumbers: 'county',
    censusAddress: 'town-first',
  },
  numberless: { ...PLAIN, numbersMissing: 0.6, clanShare: 0.7, slips: 2, policeAddress: 'village-first' },
} as const satisfies Record<string, Habits>
export type OtherCountyKind = keyof typeof OTHER_COUNTIES

export function makeOtherCounty(kind: OtherCountyKind, people: number, seed: string): Row[] {
  const habits: Habits = OTHER_COUNTIES[kind]
  const draw = new Draw(`${kind} ${seed}`)
  const rows = writeDown(new World(draw, { ...habits, people }), draw, habits)
  // Nobody's files come in the order in which people were invented.
  for (let i = rows.length - 1; i > 0; i--) {
    const k = draw.from(Math.max(0, i - 40), i)
    ;[rows[i], rows[k]] = [rows[k], rows[i]]
  }
  return rows
}

/** Writes the five registers, people.csv, findings.csv (must be made) and findings-may.csv. */
export function writeOtherCounty(kind: OtherCountyKind, people: number, seed: string, out: string): void {
  mkdirSync(out, { recursive: true })
  const truth = ['person_id,register,record_id']
  const all = makeOtherCounty(kind, people, seed)
  const judged = Object.fromEntries(REGISTERS.map((register) => [register, [] as object[]]))
  for (const register of REGISTERS) {
    const rows = all.filter((row) => row.register === register)
    const hasIds = OTHER_COUNTIES[kind].recordIds
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row.cells)))]
    const isCertificate = register === 'births' || register === 'deaths'
    const header = hasIds && !isCertificate ? ['record_id', ...columns] : columns
    const lines = [header.join(',')]
    rows.forEach((row, i) => {
      const id = recordIdOf(register, row, i, hasIds)
      truth.push(`${row.person},${register},${id}`)
      // The judge reads every column: what an office does not have is empty.
      const empty = Object.fromEntries(REGISTER_SPECS[register].columns.map(({ name }) => [name, '']))
      judged[register].push({ ...empty, ...row.cells, record_id: id, person: row.person })
      const cells = columns.map((column) => row.cells[column] ?? '')
      lines.push((hasIds && !isCertificate ? [id, ...cells] : cells).join(','))
    })
    writeFileSync(join(out, `${register}.csv`), `${lines.join('\n')}\n`)
  }
  writeFileSync(join(out, 'people.csv'), `${truth.join('\n')}\n`)
  const must = ['code,register,record_id']
  const may = ['code,register,record_id']
  judgeCounty(judged as unknown as Registers, COUNTY, (finding) => {
    for (const key of finding.keys) (finding.must ? must : may).push(`${finding.code},${key.register},${key.recordId}`)
  })
  writeFileSync(join(out, 'findings.csv'), `${must.join('\n')}\n`)
  writeFileSync(join(out, 'findings-may.csv'), `${may.join('\n')}\n`)
}

/** Ids that say nothing of the row; without them a row is its number in the file (the header is row 1). */
function recordIdOf(register: RegisterName, row: Row, index: number, hasIds: boolean): string {
  if (register === 'births' || register === 'deaths') return row.cells.certificate_no
  return hasIds ? `${register.slice(0, 1).toUpperCase()}-${(index * 48271) % 2147483647}` : String(index + 2)
}

if (process.argv[1]?.endsWith('make-other-county.ts')) {
  const { values } = parseArgs({
    options: {
      kind: { type: 'string', default: 'plain' },
      people: { type: 'string', default: '20000' },
      seed: { type: 'string', default: 'a' },
      out: { type: 'string' },
    },
  })
  if (values.out === undefined || !(values.kind in OTHER_COUNTIES))
    throw new Error(`--out DIR and --kind ${Object.keys(OTHER_COUNTIES).join(' | ')} are wanted`)
  writeOtherCounty(values.kind as OtherCountyKind, Number(values.people), values.seed, values.out)
}
