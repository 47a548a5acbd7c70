import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { BiduiError, EXIT } from '../../src/errors.ts'
import { rawRow } from '../../src/ingest/index.ts'
import { writeOutputs } from '../../src/report/outputs.ts'
import { RunDirectory } from '../../src/report/run-directory/run-directory.ts'
import { RawRows } from '../../src/store/raw-rows.ts'
import { RunSource } from '../../src/report/lists/run-source.ts'
import { RunReader } from '../../src/review/run-reader.ts'
import { openRun } from '../../src/store/open-run.ts'
import { RUN_SCHEMA_VERSION } from '../../src/store/schema.ts'
import { packRow, sourceLines } from '../../src/store/source-columns.ts'
import {
  censusFile,
  censusRow,
  explanation,
  freshFolder,
  makeRun,
  POLICE_HEADER,
  policeFile,
  policeRow,
  type SmallRun,
} from '../report/small-run.ts'
import { RunDatabase } from './run-database.ts'
import { contentOf, slowDatabase } from './slow-database.ts'

async function databaseOf<T>(small: SmallRun, read: (database: RunDatabase) => T): Promise<T> {
  const directory = RunDirectory.create(join(freshFolder(), 'run'))
  await writeOutputs(await makeRun(small), directory)
  directory.commit()
  const database = RunDatabase.open(directory.out)
  try {
    return read(database)
  } finally {
    database.close()
  }
}

const FAMILIES: SmallRun = {
  files: [
    policeFile([
      policeRow('P1', '1999-01-01', '001', '彭一'),
      policeRow('P2', '1998-01-01', '001', '彭二'),
      policeRow('P3', '1997-01-01', '002', '彭三'),
      policeRow('P4', '1996-01-01', '003', '彭四'),
    ]),
    censusFile([censusRow('C1', '199901', '011'), censusRow('C2', '199801', '011'), censusRow('C3', '199601', '012')]),
  ],
  people: [['police:P1', 'census:C1']],
  links: [{ pair: ['police:P1', 'census:C1'] }, { pair: ['police:P2', 'census:C2'], weight: 1500, review: true }],
  findings: [
    { code: 'missing-at-hukou', records: ['census:C1', 'police:P1'] },
    { code: 'separated-pair', records: ['police:P3'], severity: 'S0' },
    { code: 'id-missing', records: ['census:C3'], severity: 'S3' },
  ],
}

test('findings come back with their records, by area, code, person and record', async () => {
  await databaseOf(FAMILIES, (database) => {
    const all = [...database.findings()]
    expect(all.map((finding) => finding.code).sort()).toEqual(['id-missing', 'missing-at-hukou'])
    const [finding] = database.findings({ codes: ['missing-at-hukou'], areas: ['513027001'] })
    expect(finding).toMatchObject({ severity: 'S1', areaCode: '513027001002', detail: '请入户核实。' })
    expect(database.recordKeysOfFinding(finding.findingId)).toEqual(['census:C1', 'police:P1'])
    expect(database.findingsOfPerson(finding.personId)).toEqual([finding])
    expect(database.findingsOfRecord('police:P1')).toEqual([finding])
    expect([...database.findings({ areas: ['513027002'] })]).toEqual([])
    expect([...database.findings({ severities: ['S3'] })].map((f) => f.code)).toEqual(['id-missing'])
  })
})

test('whoever opens a finding or a pair finds the whole households it concerns, and nobody else', async () => {
  await databaseOf(FAMILIES, (database) => {
    const household = database.record('police:P1')?.householdKey ?? ''
    expect(database.recordsOfHousehold(household).map((record) => record.recordKey)).toEqual(['police:P1', 'police:P2'])
    expect(database.household(household)).toEqual({
      householdKey: household,
      register: 'police',
      areaCode: '513027001002',
      block: '',
      householdNo: '001',
      members: 2,
    })
    expect(database.record('census:C2')?.block).toBe('513027001002003')
    // An attribute of one record needs that record; information that nobody works through needs none.
    expect(database.record('census:C3')?.recordId).toBe('C3')
    expect(database.record('police:P3')).toBeUndefined()
    expect(database.record('police:P4')).toBeUndefined()
    expect(database.counts()).toEqual({ findings: 2, records: 5, households: 3, pairs: 1 })
  })
})

test('two rows of one register are one pair by their keys, whichever of them the births put first', async () => {
  const pairOf = async (born: readonly [string, string]) =>
    databaseOf(
      {
        files: [policeFile([policeRow('P1', born[0]), policeRow('P2', born[1])])],
        links: [{ pair: ['police:P1', 'police:P2'], review: true }],
      },
      (database) => [...database.reviewPairs()],
    )
  const [first] = await pairOf(['1970-01-01', '1970-01-02'])
  const [corrected] = await pairOf(['1970-01-03', '1970-01-02'])
  for (const pair of [first, corrected]) {
    expect(pair).toMatchObject({ pairId: 'police:P1|police:P2', leftKey: 'police:P1', rightKey: 'police:P2' })
    expect(pair.explanation).toMatchObject({ left: 'police:P1', right: 'police:P2' })
  }
})

test('the records of one person are found from any of them', async () => {
  await databaseOf(FAMILIES, (database) => {
    const person = database.record('census:C1')?.personId ?? ''
    expect(database.recordsOfPerson(person).map((record) => record.recordKey)).toEqual(['census:C1', 'police:P1'])
  })
})

test('a pair for review keeps its weight, its reason and its explanation', async () => {
  await databaseOf(FAMILIES, (database) => {
    const pairs = [...database.reviewPairs()]
    expect(pairs).toEqual([
      {
        pairId: 'police:P2|census:C2',
        leftKey: 'police:P2',
        rightKey: 'census:C2',
        weight: 1500,
        probability: 1 / (1 + 2 ** -1.5),
        reason: 'ambiguous',
        areaCode: '513027001002',
        impact: 1,
        explanation: explanation('police:P2', 'census:C2'),
      },
    ])
    expect(database.reviewPair('police:P2|census:C2')).toEqual(pairs[0])
    expect(database.reviewPairsOfRecord('census:C2')).toEqual(pairs)
  })
})

test('impact counts the open pairs that a decision bears on: rivals and the same two households', async () => {
  await databaseOf(
    {
      files: [
        policeFile([policeRow('P1'), policeRow('P2', '1998-01-01'), policeRow('P3', '1997-01-01', '009')]),
        censusFile([censusRow('C1'), censusRow('C2', '199801')]),
      ],
      links: [
        { pair: ['police:P1', 'census:C1'], review: true },
        { pair: ['police:P2', 'census:C2'], review: true },
        { pair: ['police:P3', 'census:C2'], review: true },
      ],
    },
    (database) => {
      const impact = new Map([...database.reviewPairs()].map((pair) => [pair.pairId, pair.impact]))
      expect(impact.get('police:P1|census:C1')).toBe(2)
      expect(impact.get('police:P2|census:C2')).toBe(3)
      expect(impact.get('police:P3|census:C2')).toBe(2)
    },
  )
})

test('settings of the run can be asked for', async () => {
  await databaseOf(FAMILIES, (database) => {
    expect(database.setting('reference_date')).toBe('2020-11-01')
    expect(JSON.parse(database.setting('settings'))).toMatchObject({ reference_date: '2020-11-01', grace_days: 30 })
    expect(database.setting('nothing')).toBe('')
  })
})

test('a directory that is no run is refused with what to give instead', () => {
  expect(() => openRun(freshFolder())).toThrow(BiduiError)
  try {
    openRun(freshFolder())
  } catch (error) {
    expect((error as BiduiError).exitStatus).toBe(EXIT.noInput)
  }
})

/** Cell texts that JSON and CSV could stumble over; a record id and a name that can be read must stay. */
const CELL = fc.oneof(
  fc.constantFrom('彭一', '㐂"引"', 'a\\b', 'tab\there', '', ' 空 格 ', 'line\nbreak', '𠮷'),
  fc.string({ maxLength: 8 }).map((text) => text.replaceAll(/[\0\r]/g, '')),
)

test('a row as JSON says exactly what the clerk wrote, as reading the row slowly would, in either encoding', async () => {
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(CELL, CELL, CELL), { minLength: 1, maxLength: 5 }),
      fc.constantFrom('utf-8', 'gb18030'),
      async (rows, encoding) => {
        const lines = rows.map(
          ([name, birth, household], k) =>
            `R${k},513027199901010018,${cell(`n${name}`)},1,${cell(birth)},${cell(household)},513027001002`,
        )
        const text = `${[POLICE_HEADER, ...lines].join('\n')}\n`.toWellFormed()
        const { table } = await makeRun({
          files: [{ register: 'police', content: new Uint8Array(iconv.encode(text, encoding)) }],
        })
        const raw = new RawRows(table)
        for (let row = 0; row < table.rows; row++) {
          raw.read(row)
          const source = sourceLines(table.files)[table.columns.fileNo[row]]
          const slow = rawRow(table, row)
          expect(JSON.parse(raw.view().toString())).toEqual(JSON.parse(packRow(source, slow)))
          const household = (slow.household_no ?? '').trim()
          expect(raw.householdNo()).toBe(household)
          expect(new TextDecoder().decode(raw.householdBytes())).toBe(household)
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('the fingerprint changes with a compared field, and only then', async () => {
  const fingerprint = async (header: string, row: string): Promise<string> => {
    const { table } = await makeRun({ files: [{ register: 'police', content: `${header}\n${row}\n` }] })
    const raw = new RawRows(table)
    raw.read(0)
    return raw.fingerprint
  }
  const base = await fingerprint(`${POLICE_HEADER},status`, `${policeRow('P1')},0`)
  expect(base).toMatch(/^[0-9a-f]{16}$/)
  expect(await fingerprint(`${POLICE_HEADER},status`, `${policeRow('P1')},1`)).toBe(base)
  expect(await fingerprint(`${POLICE_HEADER},status`, `${policeRow('P9')},0`)).toBe(base)
  expect(await fingerprint(`${POLICE_HEADER},status`, `${policeRow('P1', '1999-01-02')},0`)).not.toBe(base)
  expect(await fingerprint(`${POLICE_HEADER},former_name`, `${policeRow('P1')},彭某`)).not.toBe(base)
  // The same cells in other columns are another row.
  expect(await fingerprint(`${POLICE_HEADER},father_name`, `${policeRow('P1')},彭某`)).not.toBe(
    await fingerprint(`${POLICE_HEADER},mother_name`, `${policeRow('P1')},彭某`),
  )
})

test('the database written as pages holds what one filled row by row holds, however long the rows', async () => {
  const long = fc.constantFrom('', '长'.repeat(4000), 'x'.repeat(1500))
  const area = fc.constantFrom('513027001002', '513027001002', 'unreadable', 'illegible')
  const person = fc.record({
    household: fc.oneof(fc.nat(5).map(String), fc.constantFrom('7'.repeat(300), '7'.repeat(1500))),
    birth: fc.integer({ min: 1970, max: 1999 }),
    name: long,
    id: long,
    area,
  })
  const codes = fc.constantFrom('missing-everywhere', 'id-missing', 'separated-pair', 'double-hukou')
  await fc.assert(
    fc.asyncProperty(
      fc.array(person, { minLength: 1, maxLength: 25 }),
      fc.array(fc.tuple(codes, fc.nat(24), fc.nat(24), fc.constantFrom('S1', 'S3'), long), { maxLength: 20 }),
      async (people, found) => {
        const key = (k: number): string => `R${k}${people[k].id}`
        const pick = (k: number): string => `police:${key(k % people.length)}`
        const run = await makeRun({
          files: [
            policeFile(
              people.map((p, k) => policeRow(key(k), `${p.birth}-01-01`, `00${p.household}`, `彭${p.name}`, p.area)),
            ),
          ],
          findings: found.map(([code, a, b, severity, detail]) => ({
            code,
            severity,
            detail: `请核实。${detail}${detail}`,
            records: pick(a) === pick(b) ? [pick(a)] : [pick(a), pick(b)],
          })),
        })
        const directory = RunDirectory.create(join(freshFolder(), 'run'))
        await writeOutputs(run, directory)
        directory.commit()
        const fast = new Database(join(directory.out, 'run.sqlite'), { readonly: true })
        expect(fast.pragma('integrity_check', { simple: true })).toBe('ok')
        const slow = slowDatabase(run)
        expect(contentOf(fast)).toEqual(contentOf(slow))
        fast.close()
        slow.close()
      },
    ),
    { numRuns: 12 },
  )
})

test.each([
  ['evaluate', openRun],
  ['the lists', (directory: string) => new RunSource(directory)],
  ['the desk', (directory: string) => new RunReader(directory)],
])('%s refuses a directory without a run, and a run of another version', (_, open) => {
  const directory = freshFolder()
  expect(() => open(directory)).toThrow(expect.objectContaining({ code: 'E101' }))
  const database = new Database(join(directory, 'run.sqlite'))
  database.pragma(`user_version = ${RUN_SCHEMA_VERSION - 1}`)
  database.close()
  expect(() => open(directory)).toThrow(expect.objectContaining({ code: 'E410' }))
})
