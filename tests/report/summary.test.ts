import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeManifest, writeOutputs } from '../../src/report/outputs.ts'
import { RunDirectory } from '../../src/report/run-directory/run-directory.ts'
import { displayWidth } from '../../src/display-text.ts'
import type { Summary } from '../../src/report/summary.ts'
import { formatSummary } from '../../src/report/summary-text.ts'
import { censusFile, censusRow, freshFolder, makeRun, policeFile, policeRow, type SmallRun } from './small-run.ts'

const SMALL: SmallRun = {
  files: [
    policeFile([policeRow('P1'), policeRow('P2', '1998-02-03'), 'P3,broken']),
    censusFile([censusRow('C1'), censusRow('C2', '199802'), censusRow('C3', '198001')]),
  ],
  people: [['police:P1', 'census:C1', 'census:C3']],
  links: [
    { pair: ['police:P1', 'census:C1'], weight: 20_500 },
    { pair: ['police:P2', 'census:C2'], weight: 3_999, review: true },
  ],
  findings: [
    { code: 'present-twice', records: ['census:C1', 'census:C3'] },
    { code: 'id-missing', records: ['census:C1'], severity: 'S3' },
    { code: 'id-missing', records: ['census:C2'], severity: 'S3' },
  ],
}

async function summaryOf(small: SmallRun): Promise<Summary> {
  const directory = RunDirectory.create(join(freshFolder(), 'run'))
  try {
    return await writeOutputs(await makeRun(small), directory)
  } finally {
    directory.abort()
  }
}

test('the summary counts rows, links, people and findings as the outputs hold them', async () => {
  const summary = await summaryOf(SMALL)
  expect(
    summary.registers.map(({ register, rows, accepted, quarantined }) => [register, rows, accepted, quarantined]),
  ).toEqual([
    ['police', 3, 2, 1],
    ['census', 3, 3, 0],
  ])
  expect(summary.quarantine_by_code).toEqual({ E201: 1 })
  expect(summary.links).toEqual({
    total: 1,
    review: 1,
    by_registers: [{ left: 'police', right: 'census', link: 1, review: 1 }],
    by_layer: { statistical: 1 },
    review_by_reason: { ambiguous: 1 },
    weights: [
      [3, 0, 1],
      [20, 1, 0],
    ],
  })
  expect(summary.people).toEqual({
    total: 3,
    in_one_register: 2,
    by_registers: { police: 1, census: 1, 'police+census': 1 },
  })
  expect(summary.findings.by_severity).toEqual({ S1: 1, S3: 2 })
  expect(summary.findings.by_code.map(({ code, count }) => [code, count])).toEqual([
    ['id-missing', 2],
    ['present-twice', 1],
  ])
  expect(summary.findings.by_area).toEqual([
    {
      area_code: '513027001',
      findings: 3,
      by_severity: { S1: 1, S3: 2 },
      by_code: { 'id-missing': 2, 'present-twice': 1 },
    },
  ])
  expect(summary.findings.not_made).toEqual([{ code: 'newborn-missing', why: 'no births register' }])
  expect(summary.balances).toEqual([{ name: 'rows', zh: '行数', left: 5, right: 5, difference: 0 }])
})

test('rows are counted by township, those outside the county or of no township together', async () => {
  const there = ['513027001002', '513027002001', '513027900001', '110101001001', '513027']
  const rows = there.map((area, i) => policeRow(`P${i}`, '1999-01-01', '001', '彭某', area))
  const summary = await summaryOf({
    ...SMALL,
    files: [policeFile(rows), censusFile([censusRow('C1')])],
    people: [],
    links: [],
    findings: [],
  })
  expect(summary.rows_by_township).toEqual({
    police: { '': 2, '513027001': 1, '513027002': 1, '513027900': 1 },
    census: { '513027001': 1 },
  })
})

test('the counts of the registers add up: rows read are rows accepted and rows kept aside', async () => {
  const { registers } = await summaryOf(SMALL)
  for (const { rows, accepted, quarantined } of registers) expect(accepted + quarantined).toBe(rows)
})

test('a code that falls on several levels is counted on each by itself', async () => {
  const summary = await summaryOf({
    ...SMALL,
    findings: [
      { code: 'duplicate-away', records: ['census:C1'], severity: 'S2' },
      { code: 'duplicate-away', records: ['census:C2'], severity: 'S1' },
      { code: 'abroad-counted', records: ['census:C3'], severity: 'S0' },
      { code: 'late-cancellation', records: ['census:C1'], severity: 'S0' },
      { code: 'late-cancellation', records: ['census:C2'], severity: 'S3' },
      { code: 'newborn-missing', records: ['census:C1'], severity: 'S1' },
      { code: 'newborn-missing', records: ['census:C2'], severity: 'S0' },
    ],
  })
  expect(summary.findings.by_code.map(({ code, severity, count }) => `${code} ${severity} ${count}`)).toEqual([
    'abroad-counted S0 1',
    'duplicate-away S1 1',
    'duplicate-away S2 1',
    'late-cancellation S0 1',
    'late-cancellation S3 1',
    'newborn-missing S0 1',
    'newborn-missing S1 1',
  ])
  expect(summary.findings.by_severity).toEqual({ S0: 3, S1: 2, S2: 1, S3: 1 })
  const text = formatSummary(summary)
  expect(text).toContain('S1 changes the head count 影响人数: 2')
  expect(text).toContain('S2 changes a resident count or a register 影响常住人口或登记: 1')
})

test('the text names every register, every severity and what was not looked for', async () => {
  const text = formatSummary(await summaryOf(SMALL))
  for (const word of [
    '户籍',
    '普查短表',
    '1 kept aside',
    'S1',
    'S3',
    'present-twice',
    'newborn-missing',
    '1 pair to review',
  ])
    expect(text).toContain(word)
  expect(text).toContain('1 of 1 hold 成立')
  expect(text).toContain('newborn-missing 新生儿漏登')
})

test.each([
  [9, '… and 1 more code in findings.csv 另有 1 种问题'],
  [10, '… and 2 more codes in findings.csv 另有 2 种问题'],
])('of %i codes of one severity the last are told as a number', async (codes, words) => {
  const summary = await summaryOf(SMALL)
  const [first] = summary.findings.by_code
  const by_code = Array.from({ length: codes }, () => first)
  expect(formatSummary({ ...summary, findings: { ...summary.findings, by_code } })).toContain(words)
})

test('why rows were kept aside stands on the screen, and what ids seen twice may mean', async () => {
  const summary = await summaryOf(SMALL)
  expect(formatSummary(summary)).toMatch(/E201 +1 列数不足 · fewer cells than the header/)
  expect(formatSummary(summary)).not.toContain('make the record ids differ')
  const doubled = formatSummary({ ...summary, quarantine_by_code: { E232: 1200 } })
  expect(doubled).toMatch(/E232 +1,200 记录主键重复/)
  expect(doubled).toContain('make the record ids differ first')
})

test('beside the count of a code stands how much of it rests on links that nobody has confirmed', async () => {
  const summary = await summaryOf(SMALL)
  const lineOf = (probable: number, review: number) => {
    const [first] = summary.findings.by_code
    const by_code = [{ ...first, count: 9, probable, review }]
    return formatSummary({ ...summary, findings: { ...summary.findings, by_code } })
  }
  expect(lineOf(2, 1)).toContain('(3 rest on a link not yet confirmed 链接待确认)')
  expect(lineOf(0, 1)).toContain('(1 rests on a link')
  expect(lineOf(0, 0)).not.toContain('not yet confirmed')
})

test('a balance that does not hold is shown with both sides', async () => {
  const run = await makeRun(SMALL)
  const directory = RunDirectory.create(join(freshFolder(), 'run'))
  const summary = await writeOutputs(
    { ...run, balances: () => [{ name: 'resident', zh: '常住人口', left: 1200, right: 1210 }] },
    directory,
  )
  directory.abort()
  expect(formatSummary(summary)).toContain('常住人口 · resident: 1,200 ≠ 1,210 (-10)')
})

test('times stand in the manifest and nowhere else', async () => {
  const run = await makeRun(SMALL)
  const directory = RunDirectory.create(join(freshFolder(), 'run'))
  await writeOutputs(run, directory)
  const startedAt = new Date('2020-11-18T01:30:00Z')
  const times = {
    startedAt,
    finishedAt: new Date(startedAt.getTime() + 4200),
    stages: [{ stage: 'ingest', ms: 1300.4 }],
  }
  writeManifest(run, directory, times)
  directory.commit()
  const manifest = JSON.parse(readFileSync(join(directory.out, 'manifest.json'), 'utf8')) as Record<string, unknown>
  expect(manifest.times).toEqual({
    started_at: '2020-11-18T01:30:00.000Z',
    finished_at: '2020-11-18T01:30:04.200Z',
    ms: 4200,
    stages: [{ stage: 'ingest', ms: 1300 }],
  })
  const [police] = manifest.inputs as Record<string, unknown>[]
  expect(police).toMatchObject({ register: 'police', rows: 3, accepted: 2, encoding: 'utf-8' })
  expect(police.sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(readFileSync(join(directory.out, 'summary.json'), 'utf8')).not.toMatch(/2020-11-18|started|_ms/)
})

test('counts of registers and of links stand one below the other, whatever the width of their names', async () => {
  const summary = await summaryOf(SMALL)
  const by_registers = [
    { left: 'police', right: 'police', link: 8, review: 0 },
    { left: 'census_deaths', right: 'census_deaths', link: 1234, review: 2 },
  ] as const
  const text = formatSummary({ ...summary, links: { ...summary.links, by_registers } })
  expect(text).toContain('死亡人口调查表 – 死亡人口调查表 census_deaths – census_deaths')
  for (const word of [' links', ' records']) {
    const ends = text
      .split('\n')
      .filter((line) => new RegExp(`\\d${word}`).test(line))
      .map((line) => displayWidth(line.slice(0, line.indexOf(word))))
    expect(new Set(ends).size, word).toBe(1)
  }
})
