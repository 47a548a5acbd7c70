/**
 * A county of a third generator: another engineer's guess at how registers go wrong.
 *
 * In:  people, seed, folder. Out: the five registers, people.csv (who is who), findings.csv and findings-may.csv,
 * office.json (the rates that were drawn). It shares no world, names or slips with the other two generators, only
 * the formats of the rows and the judge of what must be found. By hand:
 *   npx tsx bench/accuracy/county/third/make-third-county.ts PEOPLE SEED FOLDER
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { TableFile } from '../../../../src/synth/output.ts'
import { Random } from '../../../../src/synth/random.ts'
import { COLUMNS, type RegisterName, type Registers } from '../../../../src/synth/rows.ts'
import { judgeCounty, type TruthFinding } from '../../../../src/synth/truth/index.ts'
import { Enumeration } from './census.ts'
import { Homes } from './homes.ts'
import { drawOffice, type Office } from './office.ts'
import { Papers } from './papers.ts'
import { PoliceOffice } from './police.ts'
import { Population } from './people.ts'

export function writeThirdCounty(size: number, seed: string, folder: string): void {
  const stream = (name: string): Random => new Random(`third/${seed}/${name}`)
  const office = drawOffice(stream('office'))
  const population = new Population(stream('people'), size, office.minorityShare)
  const homes = new Homes(stream('homes'), population, office)
  const police = new PoliceOffice(stream('police'), population, homes, office)
  const enumeration = new Enumeration(stream('census'), population, homes, office)
  const papers = new Papers(stream('papers'), population, homes, enumeration, office)
  const registers: Registers = {
    police: police.rows,
    census: enumeration.rows,
    census_deaths: papers.forms,
    births: papers.births,
    deaths: papers.deaths,
  }
  blankAbsent(registers, office)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'office.json'), `${JSON.stringify({ ...office, absent: [...office.absent] }, null, 1)}\n`)
  writeRegisters(registers, office, folder)
  writeTruth(registers, population.county, folder)
}

/** A column that is not exported holds nothing for the judge either. */
function blankAbsent(registers: Registers, { absent }: Office): void {
  for (const [register, rows] of Object.entries(registers) as [RegisterName, Record<string, unknown>[]][])
    for (const [column] of COLUMNS[register])
      if (absent.has(`${register}.${column}`)) for (const row of rows) row[column] = ''
}

function writeRegisters(registers: Registers, office: Office, folder: string): void {
  for (const [register, rows] of Object.entries(registers) as [RegisterName, Record<string, string>[]][]) {
    const columns = (COLUMNS[register] as readonly (readonly [string, string, string])[]).filter(
      ([column]) => !office.absent.has(`${register}.${column}`),
    )
    const at = { canonical: 0, zh: 1, police: 2 }[office.headers]
    const file = new TableFile(
      join(folder, `${register}.csv`),
      office.encoding,
      columns.map((names) => names[at] as string),
    )
    for (const row of rows) file.add(columns.map(([column]) => row[column] ?? ''))
    file.close()
  }
}

function writeTruth(registers: Registers, county: string, folder: string): void {
  const people = new TableFile(join(folder, 'people.csv'), 'utf-8', ['person_id', 'register', 'record_id'])
  for (const [register, rows] of Object.entries(registers) as [RegisterName, { person: number; record_id: string }[]][])
    for (const row of rows) people.add([String(row.person), register, row.record_id])
  people.close()
  const header = ['code', 'register', 'record_id']
  const must = new TableFile(join(folder, 'findings.csv'), 'utf-8', header)
  const may = new TableFile(join(folder, 'findings-may.csv'), 'utf-8', header)
  judgeCounty(registers, county, (finding: TruthFinding) => {
    for (const { register, recordId } of finding.keys)
      (finding.must ? must : may).add([finding.code, register, recordId])
  })
  must.close()
  may.close()
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [size, seed, folder] = process.argv.slice(2) as [string, string, string]
  writeThirdCounty(Number(size), seed, folder)
}
