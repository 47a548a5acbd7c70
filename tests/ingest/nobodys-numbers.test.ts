import { describe, expect, test } from 'vitest'
import { ID_KIND } from '../../src/records/record-table.ts'
import { idNumber, ingest, valuesOf } from './small-registers.ts'

const HEADER = 'record_id,id_number,name,sex,birth_date,household_no,area_code,person_no'

/** People with their person numbers, each with a name, a birth and an ID number of the own. */
const read = async (personNos: readonly string[], names = Array.from('伟芳娜敏静丽强磊')) => {
  const rows = personNos.map((no, k) => {
    const birth = `19${60 + k}031${k}`
    return `P${k},${idNumber(birth, String(101 + k * 2))},王秀${names[k]},1,${birth},${k},513027001002,${no}`
  })
  const result = await ingest([{ register: 'police', content: [HEADER, ...rows].join('\n') }])
  const kept = valuesOf(result).filter(({ personNo }) => personNo !== '')
  return { kept: kept.map(({ recordId }) => recordId), codes: result.warnings.map(({ code }) => code) }
}

test('a number that six strangers bear is nobody’s, and it is told', async () => {
  expect(await read(['0', '0', '0', '0', '0', '0', 'R7'])).toEqual({ kept: ['P6'], codes: ['E164'] })
})

test('a number typed for another person joins what it joins: the register says so', async () => {
  expect(await read(['R1', 'R1', 'R1', 'R1', 'R1', 'R6'])).toEqual({
    kept: ['P0', 'P1', 'P2', 'P3', 'P4', 'P5'],
    codes: [],
  })
})

test('one person in six versions keeps the number', async () => {
  const { kept, codes } = await read(['R1', 'R1', 'R1', 'R1', 'R1', 'R1'], Array.from('芳芳芳芳芳芳'))
  expect([kept.length, codes]).toEqual([6, []])
})

describe('an ID number', () => {
  const number = idNumber('19900101', '001')
  const CENSUS_HEADER = 'record_id,block_code,household_no,name,sex,birth_month,id_number,residence,hukou_place'

  /** Census rows under one number, each with a name and a household. */
  const kindsOf = async (rows: readonly (readonly [name: string, household: number])[]) => {
    const lines = rows.map(
      ([name, household], k) => `C${k},513027001002001,${household},${name},1,19${60 + k}03,${number},1,1`,
    )
    const result = await ingest([{ register: 'census', content: [CENSUS_HEADER, ...lines].join('\n') }])
    const kinds = valuesOf(result).map(({ idKind }) => idKind)
    return { kinds: [...new Set(kinds)], codes: result.warnings.map(({ code }) => code) }
  }

  test('that strangers of several households bear says nothing of any of them, and it is told', async () => {
    const rows = [
      ['王秀芳', 1],
      ['李建国', 2],
      ['张伟', 3],
      ['赵雪莲', 4],
    ] as const
    expect(await kindsOf(rows)).toEqual({ kinds: [ID_KIND.nobodys], codes: ['E165'] })
  })

  test('that two households beside the first bear is not known to be nobody’s: it may be typed twice', async () => {
    const rows = [
      ['王秀芳', 1],
      ['李建国', 2],
      ['张伟', 3],
      ['赵雪莲', 3],
    ] as const
    expect(await kindsOf(rows)).toEqual({ kinds: [ID_KIND.valid], codes: [] })
  })

  test("that is the head's, filled in for the household, stays the head's", async () => {
    const rows = [
      ['王秀芳', 1],
      ['李建国', 1],
      ['李伟', 1],
      ['赵雪莲', 1],
      ['李雪梅', 1],
    ] as const
    expect(await kindsOf(rows)).toEqual({ kinds: [ID_KIND.valid], codes: [] })
  })

  test('of one person who has changed the name stays that person’s in however many households', async () => {
    const rows = [
      ['付冬冬', 1],
      ['付霞燕', 2],
      ['付霞燕', 3],
      ['付霞燕', 4],
      ['付燕', 5],
    ] as const
    expect(await kindsOf(rows)).toEqual({ kinds: [ID_KIND.valid], codes: [] })
  })

  test('of one person whose name is written in five ways stays that person’s', async () => {
    const rows = [
      ['王秀芳', 1],
      ['汪秀芳', 2],
      ['王芳', 3],
      ['王秀', 4],
      ['王秀方', 5],
    ] as const
    expect(await kindsOf(rows)).toEqual({ kinds: [ID_KIND.valid], codes: [] })
  })
})
