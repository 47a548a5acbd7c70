/**
 * A county with truth: register files, who is who in them, and what is wrong.
 *
 * In:  how many people, a seed, a preset or rates, a folder. Out: the files and their counts.
 *      The same options leave the same bytes.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { observeCensus } from './observe/census.ts'
import { observePolice } from './observe/police.ts'
import { observeBirths, observeDeathForms, observeDeaths } from './observe/vital.ts'
import { type Encoding, TableFile } from './output.ts'
import { completeRates, isRateName, type Rates } from './rates.ts'
import { COLUMNS, type RegisterName, type Registers } from './rows.ts'
import { buildCounty } from './world/county.ts'
import { fullName } from './world/model.ts'

export type HeaderStyle = 'canonical' | 'zh' | 'police'

export interface SynthOptions {
  readonly people: number
  readonly seed: string
  readonly out: string
  readonly preset?: string
  /** Rates that differ from the preset's. */
  readonly rates?: Readonly<Record<string, number>>
  readonly headers?: HeaderStyle
  readonly encoding?: Encoding
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

export async function synthesizeCounty(options: SynthOptions): Promise<SynthSummary> {
  const { people, seed, out, preset = 'typical', headers = 'canonical', encoding = 'utf-8' } = options
  for (const name of Object.keys(options.rates ?? {}))
    if (!isRateName(name)) throw new Error(`no rate is called ${name}`)
  const rates = completeRates(preset, options.rates)
  const registers = observeCounty(people, seed, rates)
  mkdirSync(out, { recursive: true })

  const truth = new TableFile(join(out, 'people.csv'), 'utf-8', ['person_id', 'register', 'record_id'])
  const persons = new Set<number>()
  for (const register of REGISTER_NAMES) {
    const columns = COLUMNS[register] as readonly (readonly [string, string, string])[]
    const at = headers === 'zh' ? 1 : headers === 'police' ? 2 : 0
    const file = new TableFile(
      join(out, `${register}.csv`),
      encoding,
      columns.map((column) => column[at] as string),
    )
    for (const row of registers[register]) {
      const cells = row as unknown as Readonly<Record<string, string>>
      file.add(columns.map(([column]) => cells[column] as string))
      truth.add([`T${row.person}`, register, row.record_id])
      persons.add(row.person)
    }
    file.close()
  }
  truth.close()
  writeFileSync(join(out, 'rates.json'), `${JSON.stringify({ people, seed, preset, rates }, null, 2)}\n`)
  const count = (register: RegisterName): number => registers[register].length
  return {
    rows: {
      police: count('police'),
      census: count('census'),
      census_deaths: count('census_deaths'),
      births: count('births'),
      deaths: count('deaths'),
    },
    people: persons.size,
    findings: {},
  }
}
