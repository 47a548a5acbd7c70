import { expect, test } from 'vitest'
import { type FindingComparison, measureFindings } from '../../src/evaluate/findings.ts'

/** Lines are written `code record`. */
function lines(...texts: readonly string[]) {
  return texts.map((text) => {
    const [code, record] = text.split(' ')
    return { code, record }
  })
}

function check(comparison: FindingComparison, code: string, expected: Record<string, number>): void {
  const quality = measureFindings(comparison)
  expect(quality.codes.find((line) => line.code === code)).toMatchObject(expected)
}

test('a finding counts once for each record it falls on', () =>
  check(
    {
      must: lines('present-twice census:1', 'present-twice census:2', 'present-twice census:3'),
      made: lines('present-twice census:1', 'present-twice census:9'),
    },
    'present-twice',
    { must: 3, found: 1, missed: 2, made: 2, right: 1, wrong: 1, precision: 0.5, recall: 1 / 3 },
  ))

test('a finding that only may be made counts neither for nor against', () =>
  check(
    {
      must: lines('id-missing census:1'),
      may: lines('id-missing census:2', 'id-missing census:3'),
      made: lines('id-missing census:1', 'id-missing census:2'),
    },
    'id-missing',
    { must: 1, found: 1, made: 2, right: 1, allowed: 1, wrong: 0, precision: 1, recall: 1 },
  ))

test('another name of the same fact on the same record is as good as the main one', () => {
  const comparison = {
    must: lines('moved-not-cancelled police:1', 'missing-everywhere police:2'),
    made: lines('double-hukou police:1', 'whole-household-missing police:2'),
  }
  check(comparison, 'moved-not-cancelled', { found: 1, missed: 0 })
  check(comparison, 'double-hukou', { right: 1, wrong: 0 })
  check(comparison, 'missing-everywhere', { found: 1, missed: 0 })
  // Another name is not a free pass: on another record it is wrong.
  check(
    {
      ...comparison,
      must: [...comparison.must, ...lines('double-hukou police:8')],
      made: lines('double-hukou police:7'),
    },
    'double-hukou',
    {
      right: 0,
      wrong: 1,
    },
  )
})

test('a household finding is identified by any record of its household', () => {
  const householdOf = (record: string): string | undefined => (record < 'census:5' ? 'h1' : undefined)
  check(
    {
      must: lines('household-count-mismatch census:1', 'household-count-mismatch census:7'),
      made: lines('household-count-mismatch census:2', 'household-count-mismatch census:8'),
      householdOf,
    },
    'household-count-mismatch',
    { must: 2, found: 1, right: 1, wrong: 1 },
  )
})

test('a line made twice counts once', () =>
  check(
    { must: lines('id-missing census:1'), made: lines('id-missing census:1', 'id-missing census:1') },
    'id-missing',
    { made: 1, right: 1 },
  ))

test('a code of which the truth knows nothing is not judged', () => {
  const quality = measureFindings({ must: lines('id-missing census:1'), made: lines('empty-hukou police:1') })
  expect(quality.notJudged).toEqual([{ code: 'empty-hukou', made: 1 }])
  expect(quality.total).toMatchObject({ must: 1, found: 0, wrong: 0 })
})

test('what is wrong and what is missed is listed', () => {
  const quality = measureFindings({ must: lines('id-missing census:1'), made: lines('id-missing census:2') })
  expect(quality.wrongLines).toEqual(lines('id-missing census:2'))
  expect(quality.missedLines).toEqual(lines('id-missing census:1'))
})
