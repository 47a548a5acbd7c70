/** Files that cannot be read are refused, with a code, the place and what to do. */
import { execFileSync } from 'node:child_process'
import { chmodSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { good, header, police, refusal } from './bad-files.ts'
import { ingest, policeLines, type TestFile } from './small-registers.ts'
import { workersFor } from '../../src/workers/worker-count.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const page = (name: string, content: string | Uint8Array): TestFile[] => [{ register: 'police', content, name }]

/** An archive of one member, police.csv, packed as it is. */
const PACKED = Buffer.from(
  'UEsDBBQAAAAAAAAAIQDFEJckBAAAAAQAAAAKAAAAcG9saWNlLmNzdmEsYgpQSwECFAMUAAAAAAAAACEAxRCXJAQAAAAEAAAACgAAAAAAAAAAAAAAgAEAAAAAcG9saWNlLmNzdlBLBQYAAAAAAQABADgAAAAsAAAAAAA=',
  'base64',
)
/** An archive with one member, not packed: word/document.xml. */
const LETTER = Buffer.from(
  'UEsDBBQAAAAAAAAAIQDUHNEBBAAAAAQAAAARAAAAd29yZC9kb2N1bWVudC54bWw8YS8+UEsBAhQDFAAAAAAAAAAhANQc0QEEAAAABAAAABEAAAAAAAAAAAAAAIABAAAAAHdvcmQvZG9jdW1lbnQueG1sUEsFBgAAAAABAAEAPwAAADMAAAAAAA==',
  'base64',
)

describe('files that cannot be read are refused with a code, the place and what to do', () => {
  test.each<[string, TestFile[], string, number, RegExp]>([
    ['an empty file', police(''), 'E102', 65, /police\.csv/],
    ['a file of a mark only', police('\ufeff'), 'E102', 65, /police\.csv/],
    ['a file of blank lines', police('\n\n'), 'E102', 65, /police\.csv/],
    ['a header without rows', police(`${header}\n`), 'E103', 65, /户籍/],
    [
      'a missing column',
      police('record_id,id_number,nane,sex,birth_date,household_no,area_code\n'),
      'E118',
      65,
      /name \(姓名\).*did you mean 「nane」/,
    ],
    [
      'a census file given as the police register',
      police(
        'block_code,household_no,name,relation,id_number,sex,birth_month,residence,hukou_place\n1,1,张三,0,,1,199501,1,1\n',
      ),
      'E144',
      65,
      /户籍 \(--police\) → 普查短表 \(--census\)/,
    ],
    ['a gzip file', police(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])), 'E145', 65, /unpack/],
    [
      'an archive',
      [{ register: 'police', content: Buffer.from('PK\x03\x04\x14\0police.csv', 'latin1'), name: 'police.zip' }],
      'E145',
      65,
      /unpack/,
    ],
    ['a web page named .xls', page('huji.xls', '<html><body><table><tr><td>姓名</td></tr>'), 'E158', 65, /HTML.*Excel/],
    ['the same, with a mark and a blank line', page('huji.xls', '\ufeff\n<TABLE border=1>'), 'E158', 65, /HTML/],
    ['the same in UTF-16', page('huji.xls', Buffer.from('\ufeff<html>', 'utf16le')), 'E158', 65, /HTML/],
    ['a workbook of XML', page('huji.xls', '<?xml version="1.0"?>\n<Workbook/>'), 'E158', 65, /XML/],
    ['a PDF', page('huji.csv', '%PDF-1.4\n1,2\n'), 'E158', 65, /PDF/],
    ['JSON', page('huji.csv', '[\n  {"姓名": "张三"}\n]'), 'E158', 65, /JSON/],
    ["Excel's mark of an open workbook", page('~$户籍.xlsx', '\u0005admin'), 'E167', 65, /户籍\.xlsx.*save and close/],
    ['that of LibreOffice', page('.~lock.户籍.xlsx#', ',admin,pc,'), 'E167', 65, /: 户籍\.xlsx\./],
    [
      'columns of one letter, of which none was meant',
      police('a,b,c\n张三,1,19950101\n'),
      'E118',
      65,
      /sex \(性别\); birth_date/,
    ],
    ['a picture', page('huji.csv', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])), 'E158', 65, /a picture/],
    ['an archive of other files named .xlsx', page('huji.xlsx', PACKED), 'E145', 65, /unpack/],
    ['a letter named .xlsx', page('huji.xlsx', LETTER), 'E158', 65, /ZIP/],
    ['a doubled column', police(`${header},姓名\n${good},x\n`), 'E119', 65, /「name」 \/ 「姓名」/],
    ['a doubled unknown column', police(`${header},备注,备注\n${good},x,y\n`), 'E119', 65, /备注/],
    ['semicolons', police(`${header}\n${good}\n`.replaceAll(',', ';')), 'E117', 65, /police\.csv/],
    [
      'a line that announces semicolons',
      police(`sep=;\n${header}\n${good}\n`.replaceAll(',', ';')),
      'E117',
      65,
      /row 1 announces「;」/,
    ],
    ['bars', police(`${header}\n${good}\n`.replaceAll(',', '|')), 'E117', 65, /it looks like「\|」/],
    [
      'a file without its header',
      police(`${good}\n${good.replace('p1', 'p2')}\n`),
      'E168',
      65,
      /row 1 holds data.*column names on top/,
    ],
    [
      'UTF-16 of the other order without a mark',
      police(Buffer.from(`${header}\n${good}\n`, 'utf16le').swap16()),
      'E114',
      65,
      /--encoding utf-16be/,
    ],
    ['a NUL byte', police(`${header}\n${good}\np2,,李\0四,1,19950101,1,513027001001\n`), 'E116', 65, /row 3/],
    ['NULs behind a short file', police(`${header}\n${good}\n${'\0'.repeat(4096)}`), 'E116', 65, /row 3/],
    [
      'a UTF-8 file that was cut inside a character',
      police(Buffer.from(`${header}\n${`${good}\n`.repeat(40)}p2,,李`).subarray(0, -1)),
      'E109',
      65,
      /row 42.*middle of a character/,
    ],
    [
      'a marked file that was cut inside a character',
      police(Buffer.from(`\ufeff${header}\n${good}\np2,,李`).subarray(0, -2)),
      'E109',
      65,
      /row 3/,
    ],
    [
      'a GB18030 file that was cut inside a character',
      police(iconv.encode(`${header}\n${`${good}\n`.repeat(3)}p2,,李`, 'gb18030').subarray(0, -1)),
      'E109',
      65,
      /row 5/,
    ],
    ['commas of a Chinese keyboard', police(`${header}\n${good}\n`.replaceAll(',', '，')), 'E117', 65, /「，」/],
    ['UTF-16 without a mark', police(Buffer.from(`${header}\n${good}\n`, 'utf16le')), 'E114', 65, /utf-16le/],
    [
      'an encoding that is none',
      police(Buffer.concat([Buffer.from(`${header}\n${good}\n`), Buffer.from([0xff, 0xff, 10])])),
      'E111',
      65,
      /row 3/,
    ],
    [
      'two encodings',
      police(
        Buffer.concat([
          Buffer.from(`${header}\n${good}\n`),
          iconv.encode('p2,,李,1,,,\n', 'gb18030'),
          Buffer.from('p3,,张,1,,,\n'),
        ]),
      ),
      'E113',
      65,
      /row 3/,
    ],
    [
      'GB18030 behind a UTF-8 mark',
      police(Buffer.concat([Buffer.from(`\ufeff${header}\n`), iconv.encode(good, 'gb18030')])),
      'E112',
      65,
      /row 2/,
    ],
    [
      'the same content twice',
      [...police(`${header}\n${good}\n`), { register: 'census', content: `${header}\n${good}\n`, name: 'other.csv' }],
      'E126',
      65,
      /other\.csv.*= police\.csv/,
    ],
    [
      'an OpenDocument sheet under another name',
      police(Buffer.from('PK\u0003\u0004mimetypeapplication/vnd.oasis.opendocument.spreadsheet')),
      'E107',
      65,
      /\.ods/,
    ],
    ['a legacy workbook', police(Buffer.from('d0cf11e0a1b11ae1', 'hex')), 'E107', 65, /\.xlsx/],
    [
      'a workbook with a password',
      police(Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')])),
      'E108',
      65,
      /password/,
    ],
  ])('%s', async (_, files, code, exit, words) => {
    const error = await refusal(files)
    expect((await refusal(files, { chunkBytes: 16 })).message).toBe(error.message)
    expect([error.code, error.exitStatus]).toEqual([code, exit])
    expect(error.message).toMatch(words)
    expect(error.advice).toBeTruthy()
    expect(error.message).not.toMatch(/张三|李四/)
  })

  test('a missing file, a folder, a file without permission', async () => {
    const folder = temporaryFolder('bidui-bad')
    const missing = await refusal(join(folder, 'nothing.csv'))
    expect([missing.code, missing.exitStatus]).toEqual(['E101', 66])
    expect((await refusal(folder)).code).toBe('E104')
    if (process.getuid?.() === 0) return
    chmodSync(folder, 0o000)
    expect((await refusal(join(folder, 'x.csv'))).code).toBe('E105')
  })

  test('links in a circle, a pipe and a device are named as what they are', async () => {
    const folder = temporaryFolder('bidui-bad')
    symlinkSync(join(folder, 'b.csv'), join(folder, 'a.csv'))
    symlinkSync(join(folder, 'a.csv'), join(folder, 'b.csv'))
    const circle = await refusal(join(folder, 'a.csv'))
    expect([circle.code, circle.exitStatus, circle.message.includes('in a circle')]).toEqual(['E101', 66, true])
    // Whoever counts the workers looks at the files first, and leaves what cannot be looked at to the reader.
    expect(workersFor([join(folder, 'a.csv')])).toBeGreaterThan(0)
    execFileSync('mkfifo', [join(folder, 'pipe.csv')])
    for (const path of [join(folder, 'pipe.csv'), '/dev/null']) {
      const error = await refusal(path)
      expect([error.code, error.exitStatus]).toEqual(['E149', 66])
      expect(error.message).toMatch(/管道或设备.*write it to a file first/)
    }
  })

  test('UTF-8 rows in a GB18030 file are noticed even where they could be read as GB18030', async () => {
    // 张三李四王五 in UTF-8 is an even number of bytes that all stand for other GBK characters.
    const gb = Array.from({ length: 200 }, (_, k) => `p${k},,赵${k}强,1,19950101,1,513027001001`)
    const utf8 = Array.from({ length: 30 }, (_, k) => `q${k},,张三,1,19950101,1,513027001001`)
    const content = Buffer.concat([
      iconv.encode(`${[header, ...gb].join('\n')}\n`, 'gb18030'),
      Buffer.from(utf8.join('\n')),
    ])
    expect(new TextDecoder('gb18030', { fatal: true }).decode(content)).toBeTruthy()
    const error = await refusal(police(content))
    expect(error.code).toBe('E113')
    expect(error.message).toMatch(/row 202/)
    await ingest(police(iconv.encode([header, ...gb].join('\n'), 'gb18030')))
  })

  test('a forced encoding that the bytes are not in', async () => {
    const error = await refusal(police(Buffer.concat([Buffer.from(`${header}\n`), Buffer.from([0x81, 0x20, 10])])), {
      encoding: 'gbk',
    })
    expect(error.code).toBe('E112')
    expect((await refusal(police(`${header}\n${good}`), { encoding: 'latin-9' })).code).toBe('E111')
  })

  test('a column that is mostly unreadable is the wrong column', async () => {
    const [first, ...rows] = policeLines(200)
    const swapped = rows.map((line) => line.split(','))
    for (const cells of swapped) [cells[3], cells[7]] = [cells[7], cells[3]]
    const error = await refusal(police([first, ...swapped.map((cells) => cells.join(','))].join('\n')))
    expect(error.code).toBe('E129')
    expect(error.message).toMatch(/sex.*200 \/ 200/)
  })

  test('of fewer than a hundred rows a column that is mostly unreadable is told, and no reason to refuse them', async () => {
    const unreadable = (count: number) => {
      const [first, ...rows] = policeLines(count)
      const cells = rows.map((line) => line.split(',').with(3, '第三性'))
      return police([first, ...cells.map((row) => row.join(','))].join('\n'))
    }
    expect((await refusal(unreadable(100))).code).toBe('E129')
    const { table, warnings } = await ingest(unreadable(99))
    expect(table.rows).toBe(99)
    expect(warnings.map(({ code }) => code)).toContain('E134')
  })

  test('a second export below the first with its columns in another order, before its rows are read into wrong columns', async () => {
    const swapped = header.split(',')
    ;[swapped[3], swapped[5]] = [swapped[5], swapped[3]]
    const error = await refusal(
      police(`${header}\n${good}\n${swapped.join(',')}\np2,,李四,001,19950101,1,513027001001\n`),
    )
    expect([error.code, error.exitStatus]).toEqual(['E163', 65])
    expect(error.message).toMatch(/police\.csv: .*第 3 行 · row 3.*split the file/)
  })

  test('a column map that names no column of the register', async () => {
    const error = await refusal(police(`${header}\n${good}`), { columnMap: { police: { 人名: 'nme' } } })
    expect([error.code, error.exitStatus]).toEqual(['E130', 78])
    expect(error.message).toMatch(/did you mean name/)
  })

  test('no input at all', async () => {
    expect((await refusal([])).exitStatus).toBe(64)
  })
})
