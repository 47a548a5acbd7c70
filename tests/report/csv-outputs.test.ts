import fc from 'fast-check'
import iconv from 'iconv-lite'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeInteger } from '../../src/ids/cell-bytes.ts'
import { writeCsv, writeMillionths, writeThousandths } from '../../src/report/csv/bytes.ts'
import { RecordIds } from '../../src/ids/record-ids.ts'
import { writeOutputs } from '../../src/report/outputs.ts'
import { makePersonIds, personIdText } from '../../src/ids/person-ids.ts'
import { RunDirectory } from '../../src/report/run-directory/run-directory.ts'
import {
  CENSUS_HEADER,
  censusFile,
  censusRow,
  freshFolder,
  makeRun,
  POLICE_HEADER,
  policeFile,
  policeRow,
  readCsv,
  type SmallRun,
} from './small-run.ts'
import { anyCharacter } from '../support/any-character.ts'

async function writtenBy(small: SmallRun): Promise<string> {
  const directory = RunDirectory.create(join(freshFolder(), 'run'))
  await writeOutputs(await makeRun(small), directory)
  directory.commit()
  return directory.out
}

/** Ids that CSV, hashing and sorting could stumble over. */
const STRANGE_IDS = ['a,b', 'say "x"', '记录一', '𠮷1', 'plain', '=1+1', 'semi;colon']

function cell(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

test('every accepted row stands in people.csv once, under the id that its register gave it', async () => {
  const out = await writtenBy({
    files: [
      policeFile(STRANGE_IDS.map((id) => policeRow(cell(id)))),
      censusFile(['C1', 'C2'].map((id) => censusRow(id))),
    ],
    people: [['police:a,b', 'census:C1']],
  })
  const rows = readCsv(readFileSync(join(out, 'people.csv')))
  const keys = rows.map((row) => `${row.register}:${row.record_id}`).sort()
  expect(keys).toEqual([...STRANGE_IDS.map((id) => `police:${id}`), 'census:C1', 'census:C2'].sort())
  const personOf = new Map(rows.map((row) => [`${row.register}:${row.record_id}`, row.person_id]))
  expect(personOf.get('police:a,b')).toBe(personOf.get('census:C1'))
  expect(new Set(personOf.values()).size).toBe(keys.length - 1)
  for (const id of personOf.values()) expect(id).toMatch(/^P[0-9A-HJKMNP-TV-Z]{13}$/)
})

test('ids of a GB18030 file are written in UTF-8 and give the same person ids', async () => {
  const rows = ['编号甲', '编号㐂', 'X3'].map((id) => policeRow(id))
  const text = `${[POLICE_HEADER, ...rows].join('\n')}\n`
  const utf8 = await writtenBy({ files: [policeFile(rows)] })
  const gb = await writtenBy({
    files: [{ register: 'police', content: new Uint8Array(iconv.encode(text, 'gb18030')), name: 'gb.csv' }],
  })
  const people = (out: string): string[] => readFileSync(join(out, 'people.csv'), 'utf8').split('\n').sort()
  expect(people(gb)).toEqual(people(utf8))
  expect(people(gb).join()).toContain('编号㐂')
})

test('a row without record id is known by its row number', async () => {
  const rows = ['a', 'b'].map((id) => policeRow(id).slice(2))
  const content = `${POLICE_HEADER.slice('record_id,'.length)}\n${rows.join('\n')}\n`
  const out = await writtenBy({ files: [{ register: 'police', content }] })
  const ids = readCsv(readFileSync(join(out, 'people.csv'))).map((row) => row.record_id)
  expect(ids.sort()).toEqual(['2', '3'])
})

test('a link names the earlier register on the left, and within a register the smaller id', async () => {
  const out = await writtenBy({
    files: [policeFile(['P2', 'P1'].map((id) => policeRow(id))), censusFile([censusRow('C1')])],
    links: [
      { pair: ['census:C1', 'police:P2'], weight: 29_400 },
      { pair: ['police:P2', 'police:P1'], weight: -1234, review: true },
    ],
  })
  const lines = readCsv(readFileSync(join(out, 'links.csv')))
  expect(lines).toContainEqual({
    left_register: 'police',
    left_record_id: 'P2',
    right_register: 'census',
    right_record_id: 'C1',
    match_weight: '29.400',
    match_probability: '1.000000',
    decision: 'link',
  })
  expect(lines).toContainEqual({
    left_register: 'police',
    left_record_id: 'P1',
    right_register: 'police',
    right_record_id: 'P2',
    match_weight: '-1.234',
    match_probability: (1 / (1 + 2 ** 1.234)).toFixed(6),
    decision: 'review',
  })
})

test('a finding reads back with its records, its sentence and an id of its own', async () => {
  const detail = '两行登记，"现住"不一致\n，请核实'
  const out = await writtenBy({
    files: [policeFile([policeRow('"a,b"')]), censusFile([censusRow('C1')])],
    people: [['police:a,b', 'census:C1']],
    findings: [{ code: 'present-twice', records: ['census:C1', 'police:a,b'], detail }],
  })
  const [finding] = readCsv(readFileSync(join(out, 'findings.csv')))
  const person = readCsv(readFileSync(join(out, 'people.csv')))[0].person_id
  expect(finding).toEqual({
    finding_id: finding.finding_id,
    code: 'present-twice',
    severity: 'S1',
    lineage: 'cen',
    certainty: 'certain',
    person_id: person,
    records: 'census:C1;police:a,b',
    area_code: '513027001002',
    detail,
  })
  expect(finding.finding_id).toMatch(/^F[0-9A-HJKMNP-TV-Z]{13}$/)
})

test('a finding keeps its id when other findings come and go; a second one on the same records gets a suffix', async () => {
  const files = [policeFile(['P1', 'P2'].map((id) => policeRow(id)))]
  const mine = { code: 'double-hukou', records: ['police:P1', 'police:P2'] }
  const alone = await writtenBy({ files, findings: [mine] })
  const among = await writtenBy({
    files,
    findings: [
      { code: 'id-missing', records: ['police:P1'] },
      { code: 'double-hukou', records: ['police:P2', 'police:P1'] },
      mine,
    ],
  })
  const ids = (out: string): string[] =>
    readCsv(readFileSync(join(out, 'findings.csv')))
      .filter((finding) => finding.code === 'double-hukou')
      .map((finding) => finding.finding_id)
  const [id] = ids(alone)
  expect(ids(among).sort()).toEqual([id, `${id}-2`])
})

test('rows in another order leave the same bytes', async () => {
  const police = Array.from({ length: 30 }, (_, k) => policeRow(`P${k}`, `19${70 + (k % 30)}-0${1 + (k % 9)}-11`))
  const census = Array.from({ length: 30 }, (_, k) => censusRow(`C${k}`, `19${70 + (k % 30)}0${1 + (k % 9)}`))
  const small = (order: readonly number[]): SmallRun => ({
    files: [policeFile(order.map((k) => police[k])), censusFile(order.map((k) => census[k]))],
    people: order.slice(0, 20).map((k) => [`police:P${k}`, `census:C${k}`]),
    links: order.map((k) => ({
      pair: [`police:P${k}`, `census:C${k}`] as const,
      weight: k * 1000,
      review: k % 5 === 0,
    })),
    findings: order.map((k) => ({ code: 'missing-at-hukou', records: [`census:C${k}`, `police:P${k}`] })),
  })
  const first = Array.from({ length: 30 }, (_, k) => k)
  // Twenty people in both runs: the first twenty of the order must be the same set.
  const second = [...first.slice(0, 20).reverse(), ...first.slice(20).reverse()]
  const a = await writtenBy(small(first))
  const b = await writtenBy(small(second))
  const files = readdirSync(a).filter((name) => name.endsWith('.csv') || name === 'summary.json')
  expect(files.length).toBe(5)
  for (const name of files) expect(readFileSync(join(b, name), 'utf8'), name).toBe(readFileSync(join(a, name), 'utf8'))
})

test('people whose hashes meet still get ids of their own, the same ones in any order of rows', async () => {
  const ids = Array.from({ length: 20 }, (_, k) => `R${k}`)
  const personIds = async (order: readonly string[]): Promise<Map<string, string>> => {
    const { table, people } = await makeRun({ files: [policeFile(order.map((id) => policeRow(id)))] })
    const recordIds = new RecordIds(table)
    // Six bits for twenty people: some of them meet.
    const made = makePersonIds(recordIds, people, 6)
    return new Map(order.map((_, row) => [recordIds.text(row), personIdText(made, people.personOf[row])]))
  }
  const forwards = await personIds(ids)
  const backwards = await personIds([...ids].reverse())
  expect(new Set(forwards.values()).size).toBe(ids.length)
  expect(backwards).toEqual(forwards)
  // Of those who meet, the one with the smallest key has the id that he would have alone.
  const alone = new Map(await Promise.all(ids.map(async (id) => [id, (await personIds([id])).get(id)] as const)))
  const sharing = ids.filter((id) => ids.some((other) => other < id && alone.get(other) === alone.get(id)))
  expect(sharing.length).toBeGreaterThan(0)
  for (const id of ids) {
    const isFirst = !sharing.includes(id)
    if (isFirst) expect(forwards.get(id), id).toBe(alone.get(id))
    else expect(forwards.get(id), id).not.toBe(alone.get(id))
  }
})

test('a quarantined row is named by register, file, line, column, code and reason', async () => {
  const out = await writtenBy({ files: [policeFile([policeRow('P1'), 'P2,too,few', policeRow('P1')])] })
  const rows = readCsv(readFileSync(join(out, 'quarantine.csv')))
  expect(rows.map(({ register, line, code }) => ({ register, line, code }))).toEqual([
    { register: 'police', line: '3', code: 'E201' },
    { register: 'police', line: '4', code: 'E232' },
  ])
  expect(rows[0].reason).not.toBe('')
})

test('an output without rows is its header', async () => {
  const out = await writtenBy({ files: [censusFile([censusRow('C1')])] })
  expect(readFileSync(join(out, 'links.csv'), 'utf8')).toBe(
    'left_register,left_record_id,right_register,right_record_id,match_weight,match_probability,decision\n',
  )
  expect(CENSUS_HEADER).toContain('record_id')
})

test('cells of any text read back through csv-parse as they were', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string({ unit: anyCharacter }), fc.string()), { minLength: 1, maxLength: 20 }),
      (rows) => {
        const path = join(freshFolder(), 'cells.csv')
        writeCsv(path, ['a', 'b'], (file) => {
          for (const [a, b] of rows) {
            file.room()
            file.cell(`.${a}`)
            file.comma()
            file.cell(`.${b}`)
            file.endLine()
          }
        })
        const wellFormed = rows.map(([a, b]) => ({ a: `.${a.toWellFormed()}`, b: `.${b.toWellFormed()}` }))
        expect(readCsv(readFileSync(path))).toEqual(wellFormed)
      },
    ),
    { numRuns: 100 },
  )
})

test('a text longer than the buffer is written whole', () => {
  const path = join(freshFolder(), 'long.csv')
  const long = '长"'.repeat(1_500_000)
  writeCsv(path, ['a', 'b'], (file) => {
    file.cell('before')
    file.comma()
    file.cell(long)
    file.endLine()
  })
  expect(readCsv(readFileSync(path))).toEqual([{ a: 'before', b: long }])
})

test('numbers are written as JavaScript writes them', () => {
  const written = (write: (buffer: Uint8Array, at: number) => number): string => {
    const buffer = new Uint8Array(32)
    return new TextDecoder().decode(buffer.subarray(0, write(buffer, 0)))
  }
  const int = fc.integer({ min: -2_000_000_000, max: 2_000_000_000 })
  fc.assert(fc.property(int, (n) => written((b, at) => writeInteger(b, at, n)) === String(n)))
  fc.assert(
    fc.property(fc.integer({ min: -9_000_000, max: 9_000_000 }), (n) => {
      expect(Number(written((b, at) => writeThousandths(b, at, n)))).toBeCloseTo(n / 1000, 9)
      expect(written((b, at) => writeThousandths(b, at, n))).toMatch(/^-?\d+\.\d{3}$/)
    }),
  )
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000_000 }),
      (n) => written((b, at) => writeMillionths(b, at, n)) === (n / 1_000_000).toFixed(6),
    ),
  )
})
