import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { beforeAll, expect, test } from 'vitest'
import { synthesizeCounty } from '../../src/synth/index.ts'
import { encodeGb18030 } from '../../src/synth/output.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

let folder: string

beforeAll(() => {
  folder = temporaryFolder('synth')
})
const contents = (name: string): Map<string, string> =>
  new Map(readdirSync(join(folder, name)).map((file) => [file, readFileSync(join(folder, name, file), 'latin1')]))

test('the same seed leaves the same bytes, another seed another county', async () => {
  await synthesizeCounty({ people: 1500, seed: 'a', out: join(folder, 'one') })
  await synthesizeCounty({ people: 1500, seed: 'a', out: join(folder, 'two') })
  await synthesizeCounty({ people: 1500, seed: 'b', out: join(folder, 'three') })
  expect(contents('two')).toEqual(contents('one'))
  for (const file of ['police.csv', 'census.csv', 'findings.csv'])
    expect(contents('three').get(file)).not.toBe(contents('one').get(file))
})

test('every row of every register is in people.csv once', async () => {
  const summary = await synthesizeCounty({ people: 1500, seed: 'a', out: join(folder, 'rows') })
  const listed = parse(readFileSync(join(folder, 'rows/people.csv')), { columns: true }) as {
    register: string
    record_id: string
  }[]
  const names = listed.map((row) => `${row.register}:${row.record_id}`).sort()
  const written: string[] = []
  for (const [register, count] of Object.entries(summary.rows)) {
    const rows = parse(readFileSync(join(folder, `rows/${register}.csv`)), { columns: true }) as { record_id: string }[]
    expect(rows.length).toBe(count)
    written.push(...rows.map((row) => `${register}:${row.record_id}`))
  }
  expect(names).toEqual(written.sort())
})

test.each([
  ['gb18030', 'gb18030'],
  ['utf-16le', 'utf-16le'],
  ['utf-8-bom', 'utf-8'],
] as const)('a county written in %s says the same as in UTF-8', async (encoding, label) => {
  await synthesizeCounty({ people: 800, seed: 'e', out: join(folder, 'plain') })
  await synthesizeCounty({ people: 800, seed: 'e', out: join(folder, encoding), encoding })
  const text = new TextDecoder(label).decode(readFileSync(join(folder, encoding, 'police.csv')))
  expect(text).toBe(readFileSync(join(folder, 'plain/police.csv'), 'utf8'))
})

test('Chinese and police headers name the same columns', async () => {
  await synthesizeCounty({ people: 800, seed: 'e', out: join(folder, 'zh'), headers: 'zh' })
  await synthesizeCounty({ people: 800, seed: 'e', out: join(folder, 'codes'), headers: 'police' })
  const first = (name: string, file: string): string[] =>
    readFileSync(join(folder, name, file), 'utf8')
      .split('\n')[0]
      ?.split(',') ?? []
  expect(first('zh', 'police.csv').slice(0, 4)).toEqual(['记录号', '人员编号', '公民身份号码', '姓名'])
  expect(first('codes', 'police.csv').slice(0, 4)).toEqual(['RYNBID', 'RYID', 'GMSFHM', 'XM'])
  expect(first('codes', 'census.csv')).toContain('D7')
})

test('GB18030 holds every character but twenty that no decoder gives back', () => {
  const decoder = new TextDecoder('gb18030')
  const bytes = new Uint8Array(8)
  const lost: string[] = []
  for (let point = 1; point <= 0x10ffff; point++) {
    if (point >= 0xd800 && point <= 0xdfff) continue
    const text = String.fromCodePoint(point)
    if (decoder.decode(bytes.subarray(0, encodeGb18030(text, bytes, 0))) !== text) lost.push(point.toString(16))
  }
  // Private-use code points whose place in the table now belongs to real characters, and U+FFFD itself.
  const retired = 'e5e5 e78d e78e e78f e790 e791 e792 e793 e794 e795 e796 e81e e826 e82b e82c e832 e843 e854 e864 fffd'
  expect(lost.join(' ')).toBe(retired)
})

test('a county too small or a preset that is not known is refused', async () => {
  await expect(synthesizeCounty({ people: 10, seed: 'a', out: folder })).rejects.toThrow('at least 500')
  await expect(synthesizeCounty({ people: 1000, seed: 'a', out: folder, preset: 'wild' })).rejects.toThrow(
    'typical, hard',
  )
})
