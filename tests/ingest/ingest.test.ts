import iconv from 'iconv-lite'
import { afterAll, describe, expect, test } from 'vitest'
import { fileLabels } from '../../src/ingest/file-labels.ts'
import { ingestRegisters, rawCell } from '../../src/ingest/index.ts'
import { ID_KIND, packDate, RELATION } from '../../src/records/record-table.ts'
import { WorkerPool } from '../../src/workers/pool.ts'
import { censusLines, idNumber, ingest, policeLines, rawRows, valuesOf, writeFiles } from './small-registers.ts'

const police = policeLines(400)
const census = censusLines(300)
const both = [
  { register: 'census', content: census.join('\n') },
  { register: 'police', content: `${police.join('\n')}\n` },
] as const

const pools: WorkerPool[] = []
afterAll(() => Promise.all(pools.map((pool) => pool.close())))

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item, k) => ({ item, key: Math.imul(k + 7, 0x9e3779b1) >>> 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

describe('one table, however the files arrive', () => {
  test('chunk size does not show: rows cut at 64 bytes are the rows cut at once', async () => {
    const whole = await ingest(both)
    const cut = await ingest(both, { chunkBytes: 64 })
    expect(whole.table.rows).toBe(700)
    expect(valuesOf(cut)).toEqual(valuesOf(whole))
    expect(rawRows(cut)).toEqual(rawRows(whole))
  })

  test('the number of workers does not show', async () => {
    const inputs = writeFiles(both)
    const expected = valuesOf(await ingest(both))
    for (const workers of [1, 2, 3]) {
      const pool = new WorkerPool(workers)
      pools.push(pool)
      const result = await ingestRegisters({ inputs, pool, chunkBytes: 997 })
      expect(valuesOf(result), `${workers} workers`).toEqual(expected)
    }
  })

  test('record ids lie one after another in the order of the rows, whatever was kept aside', async () => {
    const [header, ...rows] = police
    const kept = [...rows.slice(0, 40), rows[7], 'not,a,row', ...rows.slice(40)]
    const { table } = await ingest([
      { register: 'police', content: [header, ...kept].join('\n') },
      { register: 'census', content: census.join('\n') },
    ])
    const { recordIdAt, recordIdLength } = table.columns
    let end = 0
    for (let row = 0; row < table.rows; row++) {
      expect(recordIdAt[row]).toBe(end)
      end += recordIdLength[row]
    }
    const ids = Array.from({ length: table.rows }, (_, row) => table.recordId(row))
    // A row without an id of its own is known by its number, which stands nowhere.
    const own = ids.filter((_, row) => recordIdLength[row] > 0)
    expect(Buffer.from(table.recordIdBytes.subarray(0, end)).toString()).toBe(own.join(''))
    expect([table.rows, new Set(ids).size]).toEqual([700, 700])
  })

  test('numbers and names are numbered as the rows meet them, and nothing that only quarantined rows say has a number', async () => {
    const [header, ...rows] = police
    // The second row of one record id is kept aside, and so is the number that nobody else has.
    const doubled = rows[7].split(',').with(1, idNumber('19610203', '999')).join(',')
    const { table } = await ingest([
      { register: 'census', content: census.join('\n') },
      { register: 'police', content: [header, rows[7], doubled, ...rows.filter((_, k) => k !== 7)].join('\n') },
    ])
    const { columns } = table
    const met = (...names: readonly ('idNo' | 'fatherId' | 'motherId' | 'spouseId')[]): readonly number[] => [
      ...new Set(names.flatMap((name) => [...columns[name]].filter((number) => number > 0))),
    ]
    const ids = met('idNo', 'fatherId', 'motherId', 'spouseId')
    expect(ids).toEqual(Array.from(ids, (_, k) => k + 1))
    expect(table.ids.size).toBe(ids.length)
    expect(ids.map((number) => table.idText(number))).not.toContain(idNumber('19610203', '999'))
    const names = [columns.name, columns.formerName, columns.fatherName, columns.motherName, columns.spouseName]
    const numbers = [...new Set(names.flatMap((column) => [...column].filter((number) => number > 0)))]
    expect(numbers).toEqual(Array.from(numbers, (_, k) => k + 1))
    expect(table.names.size).toBe(numbers.length)
    expect(new Set(numbers.map((number) => table.names.text(number))).size).toBe(numbers.length)
  })

  test('the order of rows, files and columns does not show', async () => {
    const expected = valuesOf(await ingest(both))
    const [header, ...rows] = police
    const half = shuffled(rows)
    const turned = [header, ...half.slice(0, 150)].map((line) => line.split(',').reverse().join(','))
    const result = await ingest(
      [
        { register: 'police', content: [header, ...half.slice(150)].join('\r\n') },
        { register: 'police', content: turned.join('\n') },
        { register: 'census', content: census.join('\n') },
      ],
      { chunkBytes: 512 },
    )
    expect(valuesOf(result)).toEqual(expected)
  })

  test('rows without a record id keep their order of values when the file is shuffled', async () => {
    const [header, ...rows] = census
    const result = await ingest([{ register: 'census', content: [header, ...shuffled(rows)].join('\n') }])
    const expected = await ingest([{ register: 'census', content: census.join('\n') }])
    expect(valuesOf(result)).toEqual(valuesOf(expected))
  })

  test('row 2 of one township is not row 2 of the next: without ids the file is part of the row number', async () => {
    const [header, ...rows] = census
    const files = [
      { register: 'census', content: [header, ...rows.slice(0, 20)].join('\n'), name: '白河镇.csv' },
      { register: 'census', content: [header, rows[0], ...rows.slice(20, 40)].join('\n'), name: '云江.csv' },
    ] as const
    const { table, quarantine } = await ingest(files)
    const ids = Array.from({ length: table.rows }, (_, row) => table.recordId(row))
    expect(quarantine).toEqual([])
    expect(new Set(ids)).toEqual(
      new Set([
        ...Array.from({ length: 20 }, (_, k) => `白河镇.csv:${k + 2}`),
        ...Array.from({ length: 21 }, (_, k) => `云江.csv:${k + 2}`),
      ]),
    )
    const turned = await ingest([...files].reverse())
    expect(valuesOf(turned)).toEqual(valuesOf({ table } as typeof turned))
  })

  test('files of one name are told apart by their folders', () => {
    const path = (end: string) => ({ register: 'police', path: `/in/${end}` })
    expect(fileLabels([path('东/a.csv'), path('西/a.csv'), path('b;1.csv')])).toEqual([
      '东/a.csv',
      '西/a.csv',
      'b_1.csv',
    ])
    expect(fileLabels([path('a.csv'), { register: 'census', path: '/in/a.csv' }])).toEqual(['', ''])
  })

  test.each([
    ['UTF-8 with a mark', (text: string) => Buffer.from(`\ufeff${text}`, 'utf8'), 'utf-8'],
    ['GB18030', (text: string) => iconv.encode(text, 'gb18030'), 'gb18030'],
    ['UTF-16LE', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le'],
    ['UTF-16BE', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), 'utf-16be'],
    ['tabs', (text: string) => Buffer.from(text.replaceAll(',', '\t'), 'utf8'), 'utf-8'],
    ['old Macintosh line ends', (text: string) => Buffer.from(text.replaceAll('\n', '\r'), 'utf8'), 'utf-8'],
    ['every cell quoted', (text: string) => Buffer.from(quoteAll(text), 'utf8'), 'utf-8'],
  ])('%s', async (_, write, encoding) => {
    const lines = [...police.slice(0, 60), 'X1,,𬭎㐀·龙,1,19950101,9,,513027001001,"一街, ""二""号",,,']
    const expected = await ingest([{ register: 'police', content: lines.join('\n') }])
    const text = (encoding === 'utf-8' && write('a,b').includes(9) ? lines.slice(0, -1) : lines).join('\n')
    const result = await ingest([{ register: 'police', content: write(text) }], { chunkBytes: 128 })
    expect(result.table.files[0].encoding).toBe(encoding)
    const values = valuesOf(result)
    // Hashes of keys are of bytes; with other bytes only ASCII keys stay the same, which these are.
    for (const row of values) expect(valuesOf(expected)).toContainEqual(row)
    expect(values).toHaveLength(text.split('\n').length - 1)
  })
})

function quoteAll(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      line.includes('"')
        ? line
        : line
            .split(',')
            .map((cell) => `"${cell}"`)
            .join(','),
    )
    .join('\n')
}

describe('what a row becomes', () => {
  test('a police row, field by field, and as it was written', async () => {
    const id = idNumber('19950315', '123')
    const result = await ingest([
      {
        register: 'police',
        content:
          'RYNBID,RYID,GMSFHM,XM,CYM,XB,MZ,CSRQ,HH,YHZGX,HLX,SSXQ,MLXZ,RYZT,JLBZ,CXBZ,QRRQ,QCRQ,SWRQ,ZXRQ,MQXM,MQGMSFHM\n' +
          `p1,r1,${id}, 张三 ,,男,汉族,1995-3-15,0001,户主,家庭户,513027001002,"甲村""三""组, 东",,,,20010203,,,,李四,无\n`,
      },
    ])
    const [row] = valuesOf(result)
    expect(row).toMatchObject({
      recordId: 'p1',
      idNo: id,
      idKind: ID_KIND.valid,
      name: '张三',
      formerName: '',
      sex: 1,
      ethnicity: 1,
      birth: packDate(1995, 3, 15),
      relation: RELATION.head,
      householdType: 1,
      area: '513027001002',
      hukouArea: '513027001002',
      status: 0,
      recordFlag: 1,
      reversalFlag: 0,
      movedIn: packDate(2001, 2, 3),
      death: 0,
      motherName: '李四',
      motherId: '',
    })
    expect(rawCell(result.table, 0, 'name')).toBe(' 张三 ')
    expect(rawCell(result.table, 0, 'address')).toBe('甲村"三"组, 东')
    expect(rawCell(result.table, 0, 'birth_date')).toBe('1995-3-15')
    expect(rawCell(result.table, 0, 'spouse_name')).toBe('')
    expect(result.table.handle.loadedCounties).toEqual([513027])
  })

  test('where a census row says the hukou is', async () => {
    const row = (residence: number, place: number, code: string): string =>
      `513027001002003,1,张三,,1,199503,${residence},${place},${code}`
    const lines = [
      row(1, 1, ''),
      row(5, 1, ''),
      row(1, 2, ''),
      row(1, 3, ''),
      row(1, 4, ''),
      row(1, 4, '330226'),
      row(1, 2, '513027001007'),
      row(1, 5, ''),
      row(5, 2, '513027009'),
    ]
    const result = await ingest([{ register: 'census', content: [censusLines(0)[0], ...lines].join('\n') }])
    const { columns } = result.table
    const byRow = new Map(valuesOf(result).map((values, k) => [columns.rowNo[k], values.hukouArea]))
    expect(lines.map((_, k) => byRow.get(k + 2))).toEqual([
      '513027001002',
      '513027001002',
      '513027001',
      '513027',
      '',
      '330226',
      '513027001007',
      '',
      '513027001002',
    ])
    expect(valuesOf(result)[0]).toMatchObject({ area: '513027001002', block: 4 })
  })

  test('members of a household share its number; the same number in another village is another household', async () => {
    const content = [
      'id_number,name,sex,birth_date,household_no,area_code',
      ',甲,1,19950101,7,513027001001',
      ',乙,1,19960101,7,513027001001',
      ',丙,1,19970101,7,513027001002',
      ',丁,1,19980101,,513027001002',
    ].join('\n')
    const { household } = (await ingest([{ register: 'police', content }])).table.columns
    expect(household[0]).toBe(household[1])
    expect(household[2]).not.toBe(household[0])
    expect(household[3]).toBe(0)
  })

  test('a bad value empties its field and never refuses the row', async () => {
    const content = 'id_number,name,sex,birth_date,household_no,area_code\nabc,甲,?,19951399,7,99\n'
    const result = await ingest([{ register: 'police', content }])
    expect(result.quarantine).toEqual([])
    expect(valuesOf(result)[0]).toMatchObject({
      idNo: '',
      idKind: ID_KIND.malformed,
      idText: 'ABC',
      sex: 0,
      birth: 0,
      area: '',
    })
  })

  test('without a birth date the row stands where its ID number says', async () => {
    const content = `id_number,name,sex,birth_date,household_no,area_code\n,乙,1,19990101,,\n,丙,1,19940101,,\n${idNumber('19950101', '111')},甲,1,,,\n`
    const result = await ingest([{ register: 'police', content }])
    expect(valuesOf(result).map((row) => [row.name, row.birth])).toEqual([
      ['丙', packDate(1994, 1, 1)],
      ['甲', 0],
      ['乙', packDate(1999, 1, 1)],
    ])
  })

  test('certificates are their own record ids; counts and orders are read', async () => {
    const result = await ingest([
      { register: 'births', content: 'certificate_no,sex,birth_date,mother_name,同胎次序\nB7,1,20200102,李四,2\n' },
      {
        register: 'census_deaths',
        content: '普查小区码,S1,S2,S3,S4,S5,年龄\n513027001002003,1,张三,1,195001,202003,70\n',
      },
    ])
    const [death, birth] = valuesOf(result)
    expect(birth).toMatchObject({ recordId: 'B7', name: '', motherName: '李四', birthOrder: 2 })
    expect(death).toMatchObject({ death: packDate(2020, 3, 0), age: 71, birth: packDate(1950, 1, 0) })
  })

  test('the loaded area is the counties on the blocks, without the one that is a slip, or what is asked for', async () => {
    const lines = [...censusLines(2000), '513028001001001,1,赵,,1,199501,1,1,']
    const one = await ingest([{ register: 'census', content: lines.join('\n') }])
    expect(one.table.handle.loadedCounties).toEqual([513027])
    const asked = await ingest([{ register: 'census', content: lines.join('\n') }], { area: ['5130', '330226'] })
    expect(asked.table.handle.loadedCounties).toEqual([330226, 513027, 513028])
  })

  test('more different values than registers usually hold are read in a second attempt', async () => {
    const lines = ['id_number,name,sex,birth_date,household_no,area_code,人员编号']
    for (let k = 0; k < 12_000; k++) lines.push(`bad${k},名${k},1,19950101,${k},513027001001,${k}`)
    // Irregular numbers in more than a tenth of the rows would stop the run; here they are 18 characters, check wrong.
    const content = lines.join('\n').replaceAll(/bad(\d+)/g, (_, k: string) => `5130271995010${k.padStart(5, '0')}`)
    let attempts = 0
    const onProgress = (stage: string, done: number): void => {
      if (stage === 'read' && done === 0) attempts++
    }
    const result = await ingest([{ register: 'police', content }], { onProgress })
    expect(attempts).toBe(2)
    expect(result.table.rows).toBe(12_000)
    expect(new Set(result.table.columns.name).size).toBe(12_000)
  })
})
