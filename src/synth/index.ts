/**
 * A county with truth: register files, who is who in them, and what is wrong.
 *
 * In:  how many people, a seed, a preset or rates, a folder. Out: the files and their counts.
 *      The same options leave the same bytes.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BiduiError, EXIT, nearestWord } from '../errors.ts'
import { observeCensus } from './observe/census.ts'
import { observeCheckSample } from './observe/check-sample.ts'
import { observePolice } from './observe/police.ts'
import { observeBirths, observeDeathForms, observeDeaths } from './observe/vital.ts'
import { ENCODINGS, type Encoding, TableFile } from './output.ts'
import { completeRates, isRateName, PRESET_NAMES, RATE_NAMES, type Rates } from './rates.ts'
import { COLUMNS, type RegisterName, type Registers } from './rows.ts'
import { judgeCounty } from './truth/index.ts'
import { buildCounty } from './world/county.ts'
import { fullName } from './world/model.ts'
import { COUNTY } from './world/places.ts'

type HeaderStyle = 'canonical' | 'zh' | 'police'

export interface SynthOptions {
  readonly people: number
  readonly seed: string
  readonly out: string
  readonly preset?: string
  /** Rates that differ from the preset's. */
  readonly rates?: Readonly<Record<string, number>>
  readonly headers?: HeaderStyle
  readonly encoding?: Encoding
  /** Blocks that a check sample visits, 15 digits: check-sample.csv and check-people.csv are written too. */
  readonly checkBlocks?: readonly string[]
}

export interface SynthSummary {
  readonly rows: Readonly<Record<RegisterName, number>>
  readonly people: number
  /** Truth findings by code: how many facts must be found. */
  readonly findings: Readonly<Record<string, number>>
}

export const REGISTER_NAMES: readonly RegisterName[] = ['police', 'census', 'census_deaths', 'births', 'deaths']

export function observeCounty(people: number, seed: string, rates: Rates): Registers {
  const world = buildCounty(people, seed, rates)
  const names = world.people.map(fullName)
  return {
    police: observePolice(world, names, seed, rates),
    census: observeCensus(world, names, seed, rates),
    census_deaths: observeDeathForms(world, names, seed, rates),
    births: observeBirths(world, names, seed, rates),
    deaths: observeDeaths(world, names, seed, rates),
  }
}

/** Rates as a caller gives them, checked: known names, and shares between 0 and 1. */
export function checkRates(changes: Readonly<Record<string, unknown>>): Readonly<Record<string, number>> {
  for (const [name, value] of Object.entries(changes)) {
    if (!isRateName(name)) {
      const near = nearestWord(name, RATE_NAMES)
      throw new BiduiError(
        'E170',
        EXIT.config,
        `没有这个比率 · no rate is called "${name}".`,
        near === undefined ? {} : { advice: `是否指 · did you mean "${near}"?` },
      )
    }
    const most = name === 'world.death-level' ? 10 : 1
    if (typeof value !== 'number' || !(value >= 0 && value <= most)) {
      throw new BiduiError(
        'E171',
        EXIT.config,
        `${name}: 应为 0 至 ${most} 的数 · a rate is a number from 0 to ${most}.`,
      )
    }
  }
  return changes as Readonly<Record<string, number>>
}

const HEADER_STYLES: readonly HeaderStyle[] = ['canonical', 'zh', 'police']

function requireOneOf(option: string, given: string, known: readonly string[]): void {
  if (known.includes(given)) return
  throw new BiduiError('E174', EXIT.usage, `${option} "${given}": 没有这一种 · there is no such one.`, {
    advice: `可用 · there are: ${known.join(', ')}.`,
  })
}

export async function synthesizeCounty(options: SynthOptions): Promise<SynthSummary> {
  const { people, seed, out, preset = 'typical', headers = 'canonical', encoding = 'utf-8' } = options
  if (!Number.isInteger(people) || people < 500) {
    throw new BiduiError('E172', EXIT.usage, '一个县至少 500 人 · a county needs at least 500 people.', {
      advice: '请写 --people 500 或更多 · give 500 or more.',
    })
  }
  requireOneOf('--preset', preset, PRESET_NAMES)
  requireOneOf('--headers', headers, HEADER_STYLES)
  requireOneOf('--encoding', encoding, ENCODINGS)
  const rates = completeRates(preset, checkRates(options.rates ?? {}))
  const registers = observeCounty(people, seed, rates)
  mkdirSync(out, { recursive: true })
  const style = { headers, encoding }
  const persons = writeRegisters(registers, out, style)
  const findings = writeFindings(registers, out)
  if (options.checkBlocks !== undefined) writeCheckSample(options, options.checkBlocks, rates, style)
  writeFileSync(join(out, 'rates.json'), `${JSON.stringify({ people, seed, preset, rates }, null, 2)}\n`)
  writeFileSync(join(out, 'README.txt'), NOTICE)
  const count = (register: RegisterName): number => registers[register].length
  return {
    rows: {
      police: count('police'),
      census: count('census'),
      census_deaths: count('census_deaths'),
      births: count('births'),
      deaths: count('deaths'),
    },
    people: persons,
    findings: Object.fromEntries([...findings].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

/** How files of registers are written. */
interface FileStyle {
  readonly headers: HeaderStyle
  readonly encoding: Encoding
}

/** The five registers, and people.csv: which person each row truly is. Returns how many people there are. */
function writeRegisters(registers: Registers, out: string, style: FileStyle): number {
  const truth = new TableFile(join(out, 'people.csv'), 'utf-8', ['person_id', 'register', 'record_id'])
  const persons = new Set<number>()
  for (const register of REGISTER_NAMES) {
    writeRows(join(out, `${register}.csv`), register, registers[register], style)
    for (const { person, record_id } of registers[register]) {
      truth.add([`T${person}`, register, record_id])
      persons.add(person)
    }
  }
  truth.close()
  return persons.size
}

/** The check knows nothing of the census, but the county is the same: made once more from the same seed. */
function writeCheckSample(
  { people, seed, out }: SynthOptions,
  blocks: readonly string[],
  rates: Rates,
  style: FileStyle,
): void {
  const world = buildCounty(people, seed, rates)
  const rows = observeCheckSample(world, world.people.map(fullName), new Set(blocks), seed, rates)
  writeRows(join(out, 'check-sample.csv'), 'census', rows, style)
  const truth = new TableFile(join(out, 'check-people.csv'), 'utf-8', ['person_id', 'record_id'])
  for (const { person, record_id } of rows) truth.add([`T${person}`, record_id])
  truth.close()
}

const HEADER_OF_STYLE: Readonly<Record<HeaderStyle, 0 | 1 | 2>> = { canonical: 0, zh: 1, police: 2 }

function writeRows(
  path: string,
  register: RegisterName,
  rows: Registers[RegisterName],
  { headers, encoding }: FileStyle,
): void {
  const columns: readonly (readonly [canonical: string, zh: string, police: string])[] = COLUMNS[register]
  const header = columns.map((column) => column[HEADER_OF_STYLE[headers]])
  const file = new TableFile(path, encoding, header)
  for (const row of rows) {
    // Every column of a register is a field of its rows (rows.ts); the compiler does not follow that through five registers.
    const cells = row as unknown as Readonly<Record<string, string>>
    file.add(columns.map(([column]) => cells[column]))
  }
  file.close()
}

function writeFindings(registers: Registers, out: string): ReadonlyMap<string, number> {
  const header = ['code', 'register', 'record_id']
  const must = new TableFile(join(out, 'findings.csv'), 'utf-8', header)
  const may = new TableFile(join(out, 'findings-may.csv'), 'utf-8', header)
  const counts = judgeCounty(registers, COUNTY, (finding) => {
    for (const key of finding.keys) (finding.must ? must : may).add([finding.code, key.register, key.recordId])
  })
  must.close()
  may.close()
  return counts
}

const NOTICE = `Everything in this folder is invented. 本目录全部数据均为虚构。

No person, household, address or number in it is real. Area codes of ID numbers were abolished before
the births concerned (513027, 1993) or never issued; the county of that code no longer exists.

police.csv census.csv census_deaths.csv births.csv deaths.csv   the registers
people.csv         which rows are one person (person_id, register, record_id)
findings.csv       what must be found (code, register, record_id): one line a record
findings-may.csv   what may be found: other names and other fair readings of the same rows
rates.json         people, seed, preset and every rate; the same ones leave the same bytes
`
