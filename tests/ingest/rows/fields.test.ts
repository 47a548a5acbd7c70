import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { CachedCells } from '../../../src/ingest/rows/cached-cells.ts'
import { CellDecoder, isSpace } from '../../../src/ingest/encoding/decode.ts'
import { IdNumberReader, readDateCell } from '../../../src/ingest/rows/fields.ts'
import { isGb18030 } from '../../../src/ingest/survey.ts'
import { parseDate } from '../../../src/normalise/date.ts'
import { checkDigit, idBirthDate, parseIdNumber } from '../../../src/normalise/id-number.ts'

const decoder = new CellDecoder('utf-8')
const reader = new IdNumberReader(decoder)

function checkId(text: string): void {
  const bytes = Buffer.from(text, 'utf8')
  const kind = reader.read(bytes, 0, bytes.length)
  const { area, birth, tail, text: irregular } = reader
  const slow = parseIdNumber(text)
  expect({ kind, area, birth, tail, text: irregular }, text).toEqual(slow)
  expect(reader.birthDate).toBe(slow.birth === 0 ? 0 : idBirthDate(slow.birth))
}

function checkDate(text: string): void {
  const bytes = Buffer.from(text, 'utf8')
  expect(readDateCell(decoder, bytes, 0, bytes.length), text).toBe(parseDate(text))
}

const digit = fc.constantFrom(...Array.from('0123456789'))
const year = fc.constantFrom('1899', '1900', '1994', '2000', '2020', '2099', '2100', '9999', '0000', '1111')
const two = fc.constantFrom('00', '01', '02', '10', '12', '13', '28', '29', '30', '31', '32', '99', '1', '9')

describe('the fast path reads as the slow one', () => {
  test('18 characters with right and wrong check characters, possible and impossible dates', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('513027', '110000', '810000', '000000', '999999', '111111', '123456'),
        fc.tuple(year, two, two).map((parts) => parts.join('').padEnd(8, '0').slice(0, 8)),
        fc.array(digit, { minLength: 3, maxLength: 3 }).map((d) => d.join('')),
        fc.constantFrom('right', 'x', 'X', '0', '7', 'Ｘ', '*', 'a'),
        (area, birth, sequence, last) => {
          const digits = area + birth + sequence
          checkId(digits + (last === 'right' ? checkDigit(digits) : last))
        },
      ),
      { numRuns: 3000 },
    )
  })

  test('anything that was ever typed into the number column', () => {
    for (const text of ['无', '5.13027E+17', '513027199503151', '513027950315123', '１２３', '-', 'x'.repeat(18)])
      checkId(text)
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text.trim() === text),
        checkId,
      ),
    )
  })

  test('dates in every regular form and near it', () => {
    fc.assert(
      fc.property(
        year,
        two,
        two,
        fc.constantFrom('', '-', '/', '.', ' '),
        fc.constantFrom('', '-', '/'),
        (y, m, d, a, b) => {
          checkDate(y + a + m + b + d)
          checkDate(y + a + m)
        },
      ),
      { numRuns: 5000 },
    )
  })

  test('a remembered value is the value that the parser gives, also when cells fall on one slot', () => {
    let asked = 0
    const cells = new CachedCells(
      decoder,
      (text) => [Number.parseInt(Buffer.from(text).toString('hex').slice(0, 8), 16) | 0, ++asked],
      2,
      8,
    )
    fc.assert(
      fc.property(
        fc.constantFrom('a', 'b', 'ca', 'cb', 'cc', '男', '汉族', 'dddd', 'a long value that is not kept'),
        (text) => {
          const bytes = Buffer.from(`x${text}y`, 'utf8')
          expect(cells.read(bytes, 1, bytes.length - 1)).toBe(
            Number.parseInt(Buffer.from(text).toString('hex').slice(0, 8), 16) | 0,
          )
        },
      ),
    )
    const fresh = new CachedCells(decoder, (text) => [text.length, ++asked])
    asked = 0
    const bytes = Buffer.from('a')
    for (let k = 0; k < 3; k++) fresh.read(bytes, 0, 1)
    expect([asked, fresh.second]).toEqual([1, 1])
  })
})

describe('decoding', () => {
  // Characters of one to four bytes in both encodings; white space is trimmed and tried apart.
  const text = fc
    .array(fc.constantFrom(...Array.from('aZ0王李·㐀𬭎𠮷é€ￂ龙,"')), { minLength: 0, maxLength: 12 })
    .map((parts) => parts.join(''))

  test('UTF-8 and GB18030 cells are what TextDecoder and iconv-lite say they are', () => {
    const gb = new CellDecoder('gb18030')
    fc.assert(
      fc.property(text, (value) => {
        const utf8 = Buffer.from(value, 'utf8')
        expect(decoder.text(utf8, 0, utf8.length)).toBe(value)
        const encoded = iconv.encode(value, 'gb18030')
        expect(isGb18030(encoded, 0, encoded.length)).toBe(true)
        expect(gb.text(encoded, 0, encoded.length)).toBe(value)
      }),
    )
  })

  test('GB18030 is told from other bytes exactly as a fatal TextDecoder tells it', () => {
    const strict = new TextDecoder('gb18030', { fatal: true })
    const byte = fc.oneof(
      fc.constantFrom(0x30, 0x39, 0x41, 0x7f, 0x80, 0x81, 0x84, 0x90, 0xe3, 0xfe, 0xff),
      fc.integer({ min: 0, max: 255 }),
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 0 }), fc.array(byte, { maxLength: 6 }), (_, values) => {
        const bytes = Uint8Array.from(values)
        let isGood = true
        try {
          strict.decode(bytes)
        } catch {
          isGood = false
        }
        expect(isGb18030(bytes, 0, bytes.length), values.join(' ')).toBe(isGood)
      }),
      { numRuns: 5000 },
    )
  })

  test('outer white space of every kind is trimmed, inner is kept', () => {
    const bytes = Buffer.from('\u3000 王\u00a0小 明\u200b\t', 'utf8')
    expect(decoder.text(bytes, 0, bytes.length)).toBe('王\u00a0小 明')
    expect(isSpace('王'.charCodeAt(0))).toBe(false)
  })
})
