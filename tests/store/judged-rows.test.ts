/** What people decided last night, in the rows of tonight: by record id, by content, in the version in force, never a stranger. */
import { expect, test } from 'vitest'
import { REGISTERS } from '../../src/registers/columns.ts'
import { RawRows } from '../../src/store/raw-rows.ts'
import { judgedRows, type KeyedDecision } from '../../src/store/judged-rows.ts'
import { ingest } from '../ingest/small-registers.ts'

const POLICE = 'record_id,person_no,id_number,name,sex,birth_date,household_no,area_code,record_flag'
const CENSUS = 'block_code,household_no,name,id_number,sex,birth_month,residence,hukou_place'

let runs = 0

interface Version {
  readonly id: string
  readonly person: string
  readonly name: string
  readonly flag?: string
}

async function night(police: readonly Version[], census: readonly string[]) {
  const run = `run ${++runs}`
  const registered = police.map(
    ({ id, person, name, flag = '1' }) => `${id},${person},,${name},1,1999-01-01,001,513027001002,${flag}`,
  )
  const counted = census.map((name) => `513027001002003,001,${name},,1,199901,1,1`)
  const { table } = await ingest([
    { register: 'police', content: `${[POLICE, ...registered].join('\n')}\n`, name: 'police.csv' },
    { register: 'census', content: `${[CENSUS, ...counted].join('\n')}\n`, name: 'census.csv' },
  ])
  const raw = new RawRows(table)
  const rowOf = new Map<string, number>()
  for (let row = 0; row < table.rows; row++)
    rowOf.set(`${REGISTERS[table.registerOf(row)]}:${table.recordId(row)}`, row)
  const printOf = (key: string) => {
    raw.read(rowOf.get(key)!)
    return raw.fingerprint
  }
  const keyOf = (row: number) => [...rowOf].find(([, at]) => at === row)![0]
  return {
    decide: (left: string, right: string, seq: number, verdict: KeyedDecision['verdict'] = 'same'): KeyedDecision => {
      return { left, right, verdict, fpLeft: printOf(left), fpRight: printOf(right), seq, run }
    },
    marked: (decided: readonly KeyedDecision[]) => {
      const { marks, lostMarks } = judgedRows(table, decided)
      return [
        ...marks.map(({ left, right, verdict, isStale }) =>
          [keyOf(left), keyOf(right), verdict, isStale && 'changed'].filter(Boolean).join(' '),
        ),
        ...lostMarks.map((name) => `${name} lost`),
      ]
    },
    judged: (decided: readonly KeyedDecision[]) => {
      const { judgements, superseded } = judgedRows(table, decided)
      const lines = judgements.map(({ left, right, verdict, isStale, isByContent }) =>
        [keyOf(left), keyOf(right), verdict, isStale && 'changed', isByContent && 'by content']
          .filter(Boolean)
          .join(' '),
      )
      return superseded === 0 ? lines : [...lines, `${superseded} superseded`]
    },
  }
}

const P: readonly Version[] = ['彭一', '彭二', '彭三'].map((name, n) => ({
  id: `P${n + 1}`,
  person: `R${n + 1}`,
  name,
}))

test('a row more at the head of a census that counts its rows: each pair goes with its row', async () => {
  const last = await night(P, ['彭一', '彭二', '彭三'])
  const tonight = await night(P, ['新人', '彭一', '彭二', '彭三'])
  expect(tonight.judged([last.decide('police:P1', 'census:2', 1), last.decide('police:P3', 'census:4', 2)])).toEqual([
    'police:P1 census:3 same by content',
    'police:P3 census:5 same by content',
  ])
})

test('a row of such a census that is gone: who has its number now is a stranger, not a row that changed', async () => {
  const last = await night(P, ['彭一', '彭二', '彭三'])
  const tonight = await night(P, ['彭二', '彭三', '新人'])
  const decided = ['1', '2', '3'].map((n) => last.decide(`police:P${n}`, `census:${Number(n) + 1}`, Number(n)))
  expect(tonight.judged(decided)).toEqual(['police:P2 census:2 same by content', 'police:P3 census:3 same by content'])
})

test('a row that changed where numbers stay is a row that changed', async () => {
  const last = await night(P, ['彭一', '彭二', '彭三'])
  const tonight = await night(P, ['彭一', '彭贰', '彭三'])
  expect(tonight.judged([last.decide('police:P2', 'census:3', 1)])).toEqual(['police:P2 census:3 same changed'])
})

test.each([
  ['with the same content it is obeyed', '彭一', 'police:P9 census:2 same'],
  ['with another it waits again, under tonight’s id', '彭壹', 'police:P9 census:2 same changed'],
])('a new version of the police row: %s', async (_, name, expected) => {
  const last = await night(P, ['彭一'])
  const versions = [{ ...P[0], flag: '0' }, { id: 'P9', person: 'R1', name }, ...P.slice(1)]
  const tonight = await night(versions, ['彭一'])
  expect(tonight.judged([last.decide('police:P1', 'census:2', 1)])).toEqual([expected])
})

test('judged again under tonight’s id: the verdict on tonight’s data counts, of two on the same data the later', async () => {
  const last = await night(P, ['彭一'])
  const tonight = await night(
    [
      { ...P[0], flag: '0' },
      { id: 'P9', person: 'R1', name: '彭壹' },
    ],
    ['彭一'],
  )
  const old = last.decide('police:P1', 'census:2', 9)
  const again = tonight.decide('police:P9', 'census:2', 3, 'different')
  expect(tonight.judged([old, again])).toEqual(['police:P9 census:2 different', '1 superseded'])
  const same = await night(
    [
      { ...P[0], flag: '0' },
      { id: 'P9', person: 'R1', name: '彭一' },
    ],
    ['彭一'],
  )
  expect(same.judged([same.decide('police:P9', 'census:2', 3, 'different'), { ...old, seq: 9 }])).toEqual([
    'police:P9 census:2 same',
    '1 superseded',
  ])
})

test('a mark goes with its rows as a verdict does, says nothing to the linkage, and is told where its rows are gone', async () => {
  const last = await night(P, ['彭一', '彭二', '彭三'])
  const tonight = await night(P, ['新人', '彭一', '彭二'])
  const marks = [
    last.decide('police:P1', 'census:2', 1, 'field'),
    last.decide('police:P2', 'census:3', 2, 'escalate'),
    last.decide('police:P3', 'census:4', 3, 'defer'),
  ]
  expect(tonight.marked(marks)).toEqual([
    'police:P1 census:3 field',
    'police:P2 census:4 escalate',
    'police:P3|census:4 lost',
  ])
  expect(tonight.judged(marks)).toEqual([])
  const later = [...marks, tonight.decide('police:P1', 'census:3', 9)]
  expect(tonight.judged(later)).toEqual(['police:P1 census:3 same'])
  expect(tonight.marked(later)).toContain('police:P2 census:4 escalate')
  expect(tonight.marked(later)).not.toContain('police:P1 census:3 field')
})

test('rows that look alike get no mark: nothing says which was meant', async () => {
  const last = await night(P, ['彭一', '彭二', '彭三'])
  const tonight = await night(P, ['新人', '彭一', '彭一', '彭二'])
  const marks = [last.decide('police:P1', 'census:2', 1, 'field'), last.decide('police:P2', 'census:3', 2, 'field')]
  expect(tonight.marked(marks)).toEqual(['police:P2 census:5 field', 'police:P1|census:2 lost'])
})

test('a row judged under the numbers of two nights: both verdicts stand while its number stays, and when it is given anew', async () => {
  const first = await night(P, ['彭一', '彭二'])
  const second = await night(P, ['新人', '彭一', '彭二'])
  const decided = [first.decide('police:P1', 'census:2', 1), second.decide('police:P2', 'census:3', 2, 'different')]
  const expected = (n: number) => [
    `police:P1 census:${n} same by content`,
    `police:P2 census:${n} different${n === 3 ? '' : ' by content'}`,
  ]
  expect(second.judged(decided)).toEqual(expected(3))
  const third = await night(P, ['旧人', '新人', '彭一', '彭二'])
  expect(third.judged(decided)).toEqual(expected(4))
})

test('rows that looked alike on the night they were judged: what one of them was called is not said of the one that is left', async () => {
  const first = await night(P, ['彭一', '彭一'])
  const second = await night(P, ['新人', '旧人', '来人', '彭一'])
  const decided = [first.decide('police:P1', 'census:2', 1), first.decide('police:P1', 'census:3', 2, 'different')]
  expect(second.judged(decided).filter((line) => line.includes('census:5'))).toEqual([])
})

test('a row that an early decision, without contents, names by its id is not given to another decision by its content', async () => {
  const last = await night(P, ['彭一', '彭二'])
  const tonight = await night(P, ['彭二'])
  const byId = { ...last.decide('police:P1', 'census:2', 1), fpLeft: '', fpRight: '' }
  const byContent = last.decide('police:P2', 'census:3', 2)
  expect(tonight.judged([byContent])).toEqual(['police:P2 census:2 same by content'])
  expect(tonight.judged([byId, byContent])).toEqual(['police:P1 census:2 same'])
})
