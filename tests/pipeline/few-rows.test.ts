/**
 * Runs of a few dozen rows, as somebody makes them who tries one rule: nothing can be learned from them, so what is usual in a
 * county speaks, and a clerk who had only these rows would decide the same.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { runToDirectory } from '../../src/commands/run.ts'
import { stageLines } from '../../src/progress.ts'
import { REGISTER_SPECS, REGISTERS, type RegisterName } from '../../src/registers/columns.ts'
import { completeSettings } from '../../src/settings.ts'
import type { RowText } from '../support/build-table.ts'
import { inlinePool } from '../support/inline-pool.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { census, id, OTHER, police, VILLAGE } from '../support/village-rows.ts'

const root = temporaryFolder('bidui-few-rows')
const DISTANT = '360461130030'

/** Husband and wife of each of these, at home in both registers. */
const NEIGHBOURS: readonly RowText[] = ['孟宪荣', '白云飞', '唐国斌', '龚世清', '尹天林'].flatMap((name, k) => {
  const husband = { name, sex: '1', id_number: id(`1993081${k}`, `01${2 * (k % 4) + 1}`) }
  const wife = {
    name: `${'崔石邱毛顾'[k]}${'雅秀'[k % 2]}琴`,
    sex: '2',
    id_number: id(`1994030${k + 1}`, `32${2 * (k % 4)}`),
  }
  return [
    police(`H${k}`, { ...husband, birth_date: `1993081${k}`, household_no: `N${k}` }),
    police(`W${k}`, { ...wife, birth_date: `1994030${k + 1}`, household_no: `N${k}` }),
    census(`HC${k}`, { ...husband, birth_month: '199308', household_no: `M${k}` }),
    census(`WC${k}`, { ...wife, birth_month: '199403', household_no: `M${k}` }),
  ]
})

/** The rows that the run takes for the person of one of them, by their keys in order. */
async function runOf(name: string, rows: readonly RowText[]): Promise<(key: string) => string> {
  const folder = join(root, name.replaceAll(/\W+/g, '-'))
  mkdirSync(folder)
  const given = REGISTERS.filter((register) => rows.some((row) => row.register === register))
  const registers = Object.fromEntries(given.map((register) => [register, [writeRegister(folder, register, rows)]]))
  const out = join(folder, 'run')
  await runToDirectory(
    completeSettings({ registers, out }, () => 1),
    stageLines({ quiet: true }),
    { pool: inlinePool },
  )
  const people = parse<PersonRow>(readFileSync(join(out, 'people.csv')), { columns: true })
  return (key) => {
    const { person_id } = people.find((row) => row.record_id === key) ?? {}
    return people
      .filter((row) => row.person_id === person_id)
      .map((row) => row.record_id)
      .sort()
      .join(' ')
  }
}

interface PersonRow {
  readonly person_id: string
  readonly record_id: string
}

function writeRegister(folder: string, register: RegisterName, rows: readonly RowText[]): string {
  const columns = REGISTER_SPECS[register].columns.map((column) => column.name)
  const lines = rows
    .filter((row) => row.register === register)
    .map((row) => columns.map((column) => (column === 'record_id' ? row.id : (row[column] ?? ''))).join(','))
  const path = join(folder, `${register}.csv`)
  writeFileSync(path, `${[columns.join(','), ...lines].join('\n')}\n`)
  return path
}

const NUMBER = id('19930427', '517')
const WANTED = { name: '林德生', sex: '1', id_number: NUMBER, birth_month: '199304' }
const NEWCOMER = { ...WANTED, hukou_place: '4', hukou_area_code: DISTANT, away_duration: '6' }
const REGISTERED = police('P', { ...WANTED, birth_date: '19930427' })

describe('few rows: one person', () => {
  const cases: readonly (readonly [what: string, rows: readonly RowText[], together: string])[] = [
    [
      'a newcomer in two villages, once under the number of 15 digits',
      [
        census('C', NEWCOMER),
        census('D', { ...NEWCOMER, id_number: NUMBER.slice(0, 6) + NUMBER.slice(8, 17), block_code: `${OTHER}001` }),
      ],
      'C D',
    ],
    [
      'a newcomer in two households of one village, once without a number',
      [census('C', NEWCOMER), census('D', { ...NEWCOMER, id_number: '', block_code: `${VILLAGE}002` })],
      'C D',
    ],
    [
      'a death form without a number beside the household book',
      [
        REGISTERED,
        {
          register: 'census_deaths',
          id: 'F',
          ...WANTED,
          id_number: '',
          block_code: `${VILLAGE}003`,
          household_no: 'M9',
          death_month: '202007',
        },
      ],
      'F P',
    ],
    [
      'a wrong digit and a name of the same sound, and the hukou said to be far away',
      [
        REGISTERED,
        census('C', {
          ...NEWCOMER,
          name: '林德声',
          id_number: `${NUMBER.slice(0, 15)}9${NUMBER.slice(16)}`,
          block_code: `${OTHER}001`,
        }),
      ],
      'C P',
    ],
  ]
  test.each(cases)('%s', async (what, rows, together) => {
    const personOf = await runOf(what, [...NEIGHBOURS, ...rows])
    expect(personOf(together.slice(0, 1))).toBe(together)
    expect(personOf('H0')).toBe('H0 HC0')
  })
})

describe('few rows: two people', () => {
  const other = { name: '林德生', sex: '1' }
  const cases: readonly (readonly [what: string, rows: readonly RowText[]])[] = [
    [
      'one name and another month, without a number',
      [REGISTERED, census('C', { ...NEWCOMER, id_number: '', birth_month: '198811', block_code: `${OTHER}001` })],
    ],
    [
      'one name and one month, two valid numbers',
      [REGISTERED, census('C', { ...NEWCOMER, id_number: id('19930402', '335'), block_code: `${OTHER}001` })],
    ],
    [
      'one name, and the dead one of another generation',
      [
        REGISTERED,
        {
          register: 'census_deaths',
          id: 'F',
          ...other,
          birth_month: '194104',
          block_code: `${VILLAGE}003`,
          household_no: 'M9',
          death_month: '202007',
        },
      ],
    ],
  ]
  test.each(cases)('%s', async (what, rows) => {
    const personOf = await runOf(what, [...NEIGHBOURS, ...rows])
    expect(personOf('P')).toBe('P')
  })
})
