import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dateOfDay, dayOfDate, daysInMonth, formatDate, parseDate, readDate } from '../../src/normalise/date.ts'
import { packDate } from '../../src/records/record-table.ts'

const date = fc
  .record({ year: fc.integer({ min: 1800, max: 2100 }), month: fc.integer({ min: 1, max: 12 }), day: fc.nat(30) })
  .map(({ year, month, day }) => packDate(year, month, 1 + (day % daysInMonth(year, month))))

test.each([
  ['19880102', '1988-01-02', undefined],
  ['1988-1-2', '1988-01-02', undefined],
  ['1988/01/02', '1988-01-02', undefined],
  ['1988.1.2', '1988-01-02', undefined],
  ['1988年1月2日', '1988-01-02', undefined],
  ['1988年1月2号', '1988-01-02', undefined],
  [' 1988 年 1 月 2 日 ', '1988-01-02', undefined],
  ['１９８８－０１－０２', '1988-01-02', undefined],
  ['一九八八年一月二日', '1988-01-02', undefined],
  ['二〇〇一年十二月二十三日', '2001-12-23', undefined],
  ['1988-01-02 00:00:00', '1988-01-02', undefined],
  ['1988/1/2 0:00', '1988-01-02', undefined],
  ['1988-01-02T00:00:00.000Z', '1988-01-02', undefined],
  ['19880102000000', '1988-01-02', undefined],
  ['19880102235960', '1988-01-02', undefined],
  ['19880102235961', '', 'unreadable'],
  ['19880102.0', '1988-01-02', undefined],
  ['32144', '1988-01-02', 'serial'],
  ['32144.5', '1988-01-02', 'serial'],
  ['198801', '1988-01', undefined],
  ['1988-01', '1988-01', undefined],
  ['1988/1', '1988-01', undefined],
  ['1988年1月', '1988-01', undefined],
  ['198801.0', '1988-01', undefined],
  ['19880100', '1988-01', undefined],
  ['1988-01-00', '1988-01', undefined],
  ['1988', '1988', undefined],
  ['1988年', '1988', undefined],
  ['19880000', '1988', undefined],
  ['1988.1', '1988', 'ambiguous'],
  ['1988.10', '1988-10', undefined],
  ['13/2/1988', '1988-02-13', undefined],
  ['2/13/1988', '1988-02-13', undefined],
  ['1/2/1988', '1988', 'ambiguous'],
  ['88-1-2', '1988-01-02', 'ambiguous'],
  ['880115', '1988-01-15', 'ambiguous'],
  ['30-1-2', '1930-01-02', 'ambiguous'],
  ['29-1-2', '', 'ambiguous'],
  ['08-1-2', '', 'ambiguous'],
  ['', '', undefined],
  ['00000000', '', undefined],
  ['0000-00-00', '', undefined],
  ['不详', '', undefined],
  ['19880230', '', 'impossible'],
  ['19000229', '', 'impossible'],
  ['20000229', '2000-02-29', undefined],
  ['19881301', '', 'impossible'],
  ['17880101', '', 'impossible'],
  ['99991231', '', 'future'],
  ['abc', '', 'unreadable'],
  ['1988123', '', 'unreadable'],
  ['12345', '1933-10-18', 'serial'],
  ['01234', '', 'unreadable'],
])('%j is read as %j (%s)', (text, iso, problem) => {
  const reading = readDate(text)
  expect([formatDate(reading.date), reading.problem]).toEqual([iso, problem])
})

test('every day is read back from each of its forms', () =>
  fc.assert(
    fc.property(date, (packed) => {
      const iso = formatDate(packed)
      const [y, m, d] = iso.split('-')
      const forms = [
        iso,
        y + m + d,
        `${y}/${Number(m)}/${Number(d)}`,
        `${y}年${Number(m)}月${Number(d)}日`,
        `${iso} 00:00:00`,
      ]
      expect(forms.map(parseDate)).toEqual(forms.map(() => packed))
    }),
  ))

test('days count as the platform’s calendar counts them', () =>
  fc.assert(
    fc.property(fc.integer({ min: -62_000, max: 47_000 }), (day) => {
      expect(formatDate(dateOfDay(day))).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10))
      expect(dayOfDate(dateOfDay(day))).toBe(day)
    }),
  ))

test('an Excel serial is the day that Excel shows', () =>
  fc.assert(
    fc.property(fc.integer({ min: 20_000, max: 60_000 }), (serial) => {
      const shown = new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10)
      expect(formatDate(parseDate(String(serial)))).toBe(shown)
    }),
  ))

test('no text makes the reader fail or yields a day that does not exist', () =>
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9年月日./T: -]{0,14}$/), (text) => {
      const packed = parseDate(text)
      const [year, month, day] = [packed >> 9, (packed >> 5) & 15, packed & 31]
      if (packed !== 0) expect(month <= 12 && day <= (month === 0 ? 0 : daysInMonth(year, month))).toBe(true)
    }),
  ))
