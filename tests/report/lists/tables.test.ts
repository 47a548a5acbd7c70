import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { completeExportOrder } from '../../../src/report/export-gate.ts'
import { RunSource } from '../../../src/report/lists/run-source.ts'
import { tallyOf } from '../../../src/report/lists/household-tables.ts'
import type { TableName } from '../../../src/report/lists/table-lines.ts'
import { TABLES } from '../../../src/report/lists/table-lines.ts'
import { openWholeRegisters } from '../../../src/report/lists/whole-registers.ts'
import { StagedDirectory } from '../../../src/report/lists/write-lists.ts'
import { writeTables } from '../../../src/report/lists/write-tables.ts'
import { readWorkbook } from '../../../src/report/workbook/xlsx.ts'
import { WorkerPool } from '../../../src/workers/pool.ts'
import { inventedNumber, writeRun } from './make-run.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const scratch = temporaryFolder('bidui-tables')
let made = 0
const [HOME, TOWN] = ['513027100001', '513027101001']
const ID = [0, 1, 2, 3, 4, 5].map((n) => inventedNumber(100 + n, `199${5 + (n % 5)}0305`))

const POLICE = `record_id,id_number,name,sex,birth_date,household_no,relation,area_code,address,status,record_flag
1,${ID[0]},王大,1,19950305,77,02,${HOME},东垭1号,0,1
2,${ID[1]},李红,2,19960305,77,10,${HOME},东垭1号,0,1
3,${ID[2]},王小,1,19970305,77,20,${HOME},东垭1号,0,1
4,${ID[3]},陈走,1,19980305,78,02,${HOME},东垭2号,2,1
5,${ID[4]},王旧,1,19990305,77,20,${HOME},东垭1号,0,0
`
const CENSUS = `record_id,block_code,household_no,household_type,persons_present,persons_away,name,relation,id_number,sex,birth_month,residence,residence_area_code,hukou_place,hukou_area_code,away_duration,away_reason,address
a,${HOME}003,012,1,1,1,王大,0,${ID[0]},1,199503,1,,1,,,,东垭1号
b,${HOME}003,012,1,1,1,李红,1,${ID[1]},2,199603,4,${TOWN},1,,4,工作就业,东垭1号
c,${TOWN}001,600,1,1,0,李红,0,${ID[1]},2,199603,1,,3,${HOME},4,工作就业,新街9号
d,${TOWN}001,999,2,1,0,婴儿,0,,1,202005,1,,5,,,,新街9号
`
const BIRTHS = `certificate_no,name,sex,birth_date,mother_name,mother_id,area_code,address
N1,未取名,2,20200105,李红,${ID[1]},${HOME},东垭1号
`
const PEOPLE = `person_id,register,record_id
P1,police,1
P1,census,a
P2,police,2
P2,census,b
P2,census,c
P3,police,3
P4,police,4
P6,police,5
P7,births,N1
P5,census,d
`

interface Table {
  readonly sheet: string
  readonly rows: Record<string, string>[]
}

async function tablesOf(names: readonly TableName[], to = 'census'): Promise<Map<string, Table[]>> {
  const directory = writeRun(join(scratch, `run${++made}`), {
    records: [],
    findings: [
      { id: 'F1', code: 'missing-everywhere', area: HOME, records: ['police:3'] },
      { id: 'F2', code: 'birth-not-registered', lineage: 'adm', area: HOME, records: ['births:N1'] },
    ],
  })
  writeFileSync(join(directory, 'people.csv'), PEOPLE)
  const files = {
    police: join(directory, 'police.csv'),
    census: join(directory, 'census.csv'),
    births: join(directory, 'births.csv'),
  }
  writeFileSync(files.police, POLICE)
  writeFileSync(files.census, CENSUS)
  writeFileSync(files.births, BIRTHS)
  const pool = new WorkerPool(2)
  const source = new RunSource(directory)
  const out = join(directory, 'out')
  const staged = new StagedDirectory(out)
  try {
    const registers = await openWholeRegisters(
      directory,
      [
        { register: 'police', path: files.police },
        { register: 'census', path: files.census },
        { register: 'births', path: files.births },
      ],
      pool,
    )
    const order = completeExportOrder({ addressee: to, purpose: '核查', authorisation: '7号' })
    const written = await writeTables(source, registers, { order, tables: names, townships: [] }, staged)
    staged.publish()
    const tables = new Map<string, Table[]>()
    for (const file of written.files) {
      const sheets = await readWorkbook(readFileSync(join(out, file)))
      tables.set(
        file.replace('.xlsx', ''),
        sheets.map(({ name, rows }) => ({
          sheet: name,
          rows: rows
            .slice(4)
            .map((row) => Object.fromEntries(rows[3].map((cell, c) => [cell.text, row[c]?.text ?? '']))),
        })),
      )
    }
    return tables
  } finally {
    staged.discard()
    source.close()
    await pool.close()
  }
}

describe('working tables of two townships', () => {
  let tables: Map<string, Table[]>
  beforeAll(async () => {
    tables = await tablesOf(TABLES)
  })
  const rowsOf = (file: string, sheet: string) => tables.get(file)?.find((table) => table.sheet === sheet)?.rows ?? []

  test('表1 says of every active hukou where the census has the person', () => {
    const rows = rowsOf('513027100_表1户籍人口核对', HOME)
    expect(rows.map((row) => [row['姓名'], row['核对结果'], row['问题']])).toEqual([
      ['王大', '人在户在', ''],
      ['李红', '户在人不在', ''],
      ['王小', '普查无登记', '漏登'],
    ])
    expect(rows[1]['普查登记处']).toBe(`外出登记于${HOME}003 户012，本县其他乡镇，现住${TOWN}001 户600`)
  })

  test('表2 lists who lives apart from the hukou, on both sides, and whose hukou is undetermined', () => {
    expect(rowsOf('513027100_表2人户分离与应落未落', `${HOME}003`).map((row) => [row['类别'], row['姓名']])).toEqual([
      ['户在人不在', '李红'],
    ])
    expect(rowsOf('513027101_表2人户分离与应落未落', `${TOWN}001`).map((row) => [row['类别'], row['姓名']])).toEqual([
      ['人在户不在', '李红'],
      ['户口待定', '婴儿'],
    ])
  })

  test('表2 has a child whose birth nobody registered, and not its mother', () => {
    const [row] = rowsOf('513027100_表2人户分离与应落未落', HOME)
    expect([row['类别'], row['姓名'], row['出生']]).toEqual(['出生应落未落', '未取名', '2020-01-05'])
    expect(JSON.stringify(row)).not.toContain('李红')
  })

  test('表4 says whether the other side has the person as away', () => {
    const [row] = rowsOf('513027101_表4暂住（流入）人口', `${TOWN}001`)
    expect([row['姓名'], row['户口登记地'], row['户口地登记']]).toEqual([
      '李红',
      `本县其他乡镇 ${HOME}`,
      `外出登记于${HOME}003 户012`,
    ])
  })

  test('户主姓名底册 puts the declared counts beside the rows', () => {
    const [row] = rowsOf('513027100_户主姓名底册', `${HOME}003`)
    expect([row['户编号'], row['户主姓名'], row['应登现住'], row['实登现住'], row['实登外出']]).toEqual([
      '012',
      '王大',
      '1',
      '1',
      '1',
    ])
  })

  test('综合性台账 has every person once in a township; whom no census row knows stands beside the household', () => {
    const rows = rowsOf('513027100_综合性台账', `${HOME}003`)
    expect(rows.map((row) => row['姓名'])).toEqual(['王大', '李红', '王小'])
    expect(rows[2]).toMatchObject({ 普查登记: '无登记', 问题: '漏登', 户籍与证明: `户籍${HOME} 户号77 正常` })
    expect(rowsOf('513027100_综合性台账', `${HOME}未分小区`).map((row) => row['姓名'])).toEqual(['陈走', '未取名'])
  })

  test('过录汇总 counts households, 999 and 600+, births, and adds up', () => {
    const rows = rowsOf('513027101_过录汇总表', '过录汇总')
    expect(rows).toHaveLength(2)
    expect(rows[1]).toMatchObject({
      普查小区: '合计',
      总户数: '2',
      总人数: '2',
      户口待定: '1',
      户编号999户: '1',
      户编号600以上户: '1',
      出生人数: '1',
    })
  })

  test('no table shows a whole number', () => {
    const text = JSON.stringify([...tables.values()])
    for (const id of ID) expect(text.includes(id.slice(10))).toBe(false)
  })
})

test('no other office gets a table', async () => {
  await expect(tablesOf(['1'], 'police')).rejects.toThrow(/\[E401\].*普查/)
})

test('files other than the run’s are refused', async () => {
  const directory = join(scratch, 'other')
  writeRun(directory, { records: [], findings: [] })
  writeFileSync(join(directory, 'people.csv'), PEOPLE)
  writeFileSync(
    join(directory, 'manifest.json'),
    JSON.stringify({ inputs: [{ name: 'police.csv', sha256: 'f'.repeat(64) }] }),
  )
  writeFileSync(join(directory, 'police.csv'), POLICE)
  const pool = new WorkerPool(2)
  try {
    await expect(
      openWholeRegisters(directory, [{ register: 'police', path: join(directory, 'police.csv') }], pool),
    ).rejects.toThrow(/\[E309\].*police\.csv/)
  } finally {
    await pool.close()
  }
})

test('an empty township tallies to noughts', () => expect(new Set(tallyOf([]))).toEqual(new Set([0])))
