import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluateLinks, type LinkEvaluation } from '../../src/evaluate/evaluate.ts'
import { displayWidth } from '../../src/display-text.ts'
import { formatLinkEvaluation } from '../../src/evaluate/evaluation-text.ts'
import { KeyIndex } from '../../src/evaluate/key-index.ts'
import { readFindings, readLinks, readPeople } from '../../src/evaluate/read-tables.ts'
import { LAYERS } from '../../src/linking/people.ts'
import { freshFolder } from '../report/small-run.ts'

interface Case {
  /** `person register:id` */
  readonly truth: readonly string[]
  readonly found: readonly string[]
  /** `register:id register:id weight decision` */
  readonly links?: readonly string[]
  readonly layers?: readonly string[]
}

function evaluate({
  truth,
  found,
  links = [],
  layers,
}: Case): LinkEvaluation & { readonly name: (record: number) => string } {
  const folder = freshFolder()
  const people = (name: string, rows: readonly string[]): string => {
    const path = join(folder, name)
    const lines = rows.map((row) => row.replace(/^(\S+) (\w+):(.*)$/, '$1,$2,$3'))
    writeFileSync(path, `person_id,register,record_id\n${lines.join('\n')}\n`)
    return path
  }
  const linkLines = links.map((link) => {
    const [left, right, weight, decision] = link.split(' ')
    const probability = 1 / (1 + 2 ** -Number(weight))
    return [...left.split(':'), ...right.split(':'), weight, probability.toFixed(6), decision].join(',')
  })
  const linksPath = join(folder, 'links.csv')
  const header = 'left_register,left_record_id,right_register,right_record_id,match_weight,match_probability,decision'
  writeFileSync(linksPath, `${[header, ...linkLines].join('\n')}\n`)
  const records = new KeyIndex()
  const evaluation = evaluateLinks({
    records,
    found: readPeople(people('found.csv', found), records),
    truth: readPeople(people('truth.csv', truth), records),
    links: readLinks(linksPath, records),
    ...(layers === undefined ? {} : { layers: Uint8Array.from(layers, (layer) => LAYERS.indexOf(layer as never)) }),
  })
  return { ...evaluation, name: (record) => records.text(record) }
}

const TRUTH = ['T1 police:1', 'T1 census:1', 'T2 police:2', 'T2 census:2', 'T3 police:3', 'T3 census:3']

test('a review pair answered rightly brings its recall, a false one brings nothing', () => {
  const evaluation = evaluate({
    truth: TRUTH,
    found: ['A police:1', 'A census:1', 'B police:2', 'C census:2', 'D police:3', 'E census:3'],
    links: ['police:1 census:1 20 link', 'police:2 census:2 1 review', 'police:3 census:2 0.5 review'],
  })
  expect(evaluation.automatic[0]).toMatchObject({ found: 1, true: 3, both: 1, precision: 1 })
  expect(evaluation.withReview[0]).toMatchObject({ found: 2, true: 3, both: 2, precision: 1 })
  expect(evaluation.review).toMatchObject({ pairs: 2, truePairs: 1, perLink: 2, perRecord: 2 / 6 })
  expect(
    evaluation.missedPairs.map(({ left, right }) => [evaluation.name(left), evaluation.name(right)].sort()),
  ).toEqual([
    ['2', '2'],
    ['3', '3'],
  ])
  expect(evaluation.missedInReview).toBe(1)
})

test('false links are listed heaviest first, and each layer answers for its own', () => {
  const evaluation = evaluate({
    truth: TRUTH,
    found: ['A police:1', 'A census:1', 'A census:2', 'B police:2', 'C police:3', 'C census:3'],
    links: [
      'police:1 census:1 30 link',
      'police:1 census:2 9 link',
      'police:3 census:3 12 link',
      'census:1 census:2 14 link',
    ],
    layers: ['exact', 'household', 'statistical', 'household'],
  })
  expect(evaluation.falseLinks.map((pair) => pair.weight)).toEqual([14, 9])
  expect(evaluation.layers).toEqual([
    { layer: 'exact', links: 1, right: 1, precision: 1 },
    { layer: 'statistical', links: 1, right: 1, precision: 1 },
    { layer: 'household', links: 2, right: 0, precision: 0 },
  ])
})

test('a record that reading kept aside is missed; a record the truth does not know is not judged', () => {
  const evaluation = evaluate({
    truth: TRUTH,
    found: ['A police:1', 'A census:1', 'B police:2', 'B census:2', 'C police:3', 'C deaths:77'],
    links: ['police:3 deaths:77 10 link'],
  })
  expect(evaluation.records).toEqual({ judged: 6, missingInRun: 1, unknownToTruth: 1 })
  expect(evaluation.automatic[0]).toMatchObject({ found: 2, true: 3, both: 2 })
  expect(evaluation.falseLinks).toEqual([])
})

test('the same id in two registers is two records', () => {
  const evaluation = evaluate({ truth: ['T1 police:1', 'T2 census:1'], found: ['A police:1', 'A census:1'] })
  expect(evaluation.automatic[0]).toMatchObject({ found: 1, true: 0, both: 0 })
})

test('calibration sets what was predicted beside what came true', () => {
  const evaluation = evaluate({
    truth: TRUTH,
    found: TRUTH,
    links: ['police:1 census:1 0 review', 'police:2 census:1 0 review', 'police:2 census:2 30 link'],
  })
  expect(evaluation.calibration).toEqual([
    { from: 0.5, to: 0.6, pairs: 2, predicted: 0.5, observed: 0.5 },
    { from: 0.9999, to: 1, pairs: 1, predicted: 1, observed: 1 },
  ])
})

test('missed pairs are exactly the true pairs that stand in two found people', () => {
  const person = fc.integer({ min: 0, max: 4 })
  fc.assert(
    fc.property(fc.array(fc.tuple(person, person), { minLength: 1, maxLength: 15 }), (rows) => {
      const evaluation = evaluate({
        truth: rows.map(([truth], k) => `T${truth} census:${k}`),
        found: rows.map(([, found], k) => `F${found} census:${k}`),
      })
      const expected: string[] = []
      rows.forEach(([truth, found], a) =>
        rows.forEach(([otherTruth, otherFound], b) => {
          if (a < b && truth === otherTruth && found !== otherFound) expected.push(`${a} ${b}`)
        }),
      )
      const listed = evaluation.missedPairs.map(
        ({ left, right }) => `${evaluation.name(left)} ${evaluation.name(right)}`,
      )
      expect(listed.sort()).toEqual(expected.sort())
      expect(evaluation.automatic[0].true - evaluation.automatic[0].both).toBe(expected.length)
    }),
    { numRuns: 50 },
  )
})

test('the text says what blocking lost when it is known', () => {
  const evaluation = evaluate({ truth: TRUTH, found: TRUTH.map((row) => `X${row}`) })
  const text = formatLinkEvaluation(evaluation, { missed: 3, neverProposed: 2, recallLost: 2 / 3 })
  expect(text).toContain('2 of them were never candidates: recall lost 0.666667')
  expect(formatLinkEvaluation(evaluation, undefined)).not.toContain('never candidates')
})

test('every line of the text that has words has them in Chinese and in English, and figures end where their heading does', () => {
  const evaluation = evaluate({ truth: TRUTH, found: TRUTH.map((row) => `X${row}`) })
  const lines = formatLinkEvaluation(evaluation, { missed: 3, neverProposed: 2, recallLost: 2 / 3 }).split('\n')
  // Names of registers and layers stand as the files write them.
  const words = lines.filter((line) => /[a-z]/.test(line) && !/^B³|^\S* *[\d,]+ +[\d,]+ +\d|^ {2}/.test(line))
  expect(words.length).toBeGreaterThan(5)
  expect(words.filter((line) => !/\p{Script=Han}/u.test(line))).toEqual([])
  const at = lines.findIndex((line) => line.startsWith('  registers'))
  const endOf = (line: string, part: RegExp): number => displayWidth(line.slice(0, part.exec(line)?.index))
  expect(endOf(lines[at + 1], / {2}(?:\d\.\d|–)/)).toBe(endOf(lines[at], / {2}precision/))
})

test('records of a finding are told apart even where a record id holds a semicolon', () => {
  const path = join(freshFolder(), 'findings.csv')
  writeFileSync(path, 'finding_id,code,records\nF1,shared-id,"police:a;b;census_deaths:7;census:""x"""\n')
  expect(readFindings(path).map((line) => line.record)).toEqual(['police:a;b', 'census_deaths:7', 'census:"x"'])
})

test('a file without a wanted column, with an unknown register, or missing is refused by name', () => {
  const path = join(freshFolder(), 'truth.csv')
  writeFileSync(path, 'person,register,record_id\nT1,police,1\n')
  expect(() => readPeople(path, new KeyIndex())).toThrow(/truth\.csv: .*column person_id is missing/)
  writeFileSync(path, 'person_id,register,record_id\nT1,police,1\nT1,polcie,2\n')
  expect(() => readPeople(path, new KeyIndex())).toThrow(/truth\.csv: .*row 3: no such register/)
  expect(() => readPeople(join(freshFolder(), 'none.csv'), new KeyIndex())).toThrow(/E101/)
  expect(() => readPeople(freshFolder(), new KeyIndex())).toThrow(/E104/)
})

test('keys are numbered as a Map of strings would', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(4), fc.string({ maxLength: 4 })), { maxLength: 200 }), (keys) => {
      const index = new KeyIndex()
      const map = new Map<string, number>()
      for (const [tag, text] of keys) {
        const bytes = new TextEncoder().encode(`..${text}`)
        const wellFormed = text.toWellFormed()
        const expected = map.get(`${tag} ${wellFormed}`) ?? map.size
        map.set(`${tag} ${wellFormed}`, expected)
        const number = index.add(tag, bytes, 2, bytes.length)
        expect(number).toBe(expected)
        expect(index.find(tag, bytes, 2, bytes.length)).toBe(expected)
        expect(index.text(number)).toBe(wellFormed)
        expect(index.tag(number)).toBe(tag)
      }
      expect(index.size).toBe(map.size)
    }),
  )
})

test('a hundred thousand keys are found again after the index has grown', () => {
  const index = new KeyIndex()
  const encoder = new TextEncoder()
  for (let k = 0; k < 100_000; k++) {
    const bytes = encoder.encode(`C${k}`)
    index.add(1, bytes, 0, bytes.length)
  }
  for (let k = 0; k < 100_000; k += 997) {
    const bytes = encoder.encode(`C${k}`)
    expect(index.find(1, bytes, 0, bytes.length)).toBe(k)
    expect(index.find(2, bytes, 0, bytes.length)).toBe(-1)
  }
})
