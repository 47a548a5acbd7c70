/** Sheets by chance, written as many programs write them: every kind of cell, namespaces, references or none, entities, runs, comments. */
import fc from 'fast-check'
import { type Packing, workbookOf } from './workbook-files.ts'
import { anyCharacter } from '../support/any-character.ts'

export const HEADER =
  '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1" t="inlineStr"><is><t>性别</t></is></c></row>'

/** A sheet with a header of two columns over its rows. */
export function sheetOf(rows: string, before = '', behind = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<worksheet>${before}<sheetData>${HEADER}${rows}</sheetData>${behind}</worksheet>`
}

export const STYLES = [
  '<styleSheet><numFmts count="4">',
  '<numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>',
  '<numFmt numFmtId="177" formatCode="[&gt;=100]0.0;General"/><numFmt numFmtId="178" formatCode="0000"/>',
  '<numFmt numFmtId="179" formatCode="yyyy/m/d h:mm"/></numFmts>',
  '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>',
  '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"><alignment/></xf><xf numFmtId="176"/><xf numFmtId="177"/><xf/>',
  '<xf numFmtId="178"/><xf numFmtId="179"/><xf numFmtId="31"/></cellXfs></styleSheet>',
].join('')
const STYLE_COUNT = 9

/** Texts of a register and what is awkward in a CSV or in XML. */
const text = fc.oneof(
  fc.constantFrom(
    '张三',
    '欧阳·明明',
    '',
    ' ',
    'a,b',
    '说"好"',
    '一\n二',
    '三\r\n四',
    '#N/A',
    '#REF!',
    '#5号楼',
    '𬭎',
    '\ufeff',
    '_x',
    'a_x000D_b',
    '_x4e00_',
  ),
  fc.string({ unit: anyCharacter, maxLength: 12 }).filter((value) => !/[\0<&>\ud800-\udfff\ufffe\uffff]/.test(value)),
)

/** A text as XML holds it: with entities of each kind, in CDATA, with a comment in it. */
const textXml = fc
  .tuple(text, fc.constantFrom('named', 'hex', 'decimal', 'cdata', 'comment', 'plain'))
  .map(([value, form]) => {
    if (form === 'cdata') return `a<![CDATA[&amp;${value}]]>&lt;`
    if (form === 'comment') return `${value}<!-- <v>1</v> -->${value}`
    if (form === 'hex') return `&#x4E2d;${value}&#x1F600;`
    if (form === 'decimal') return `${value}&#20013;&unknown;`
    return form === 'named' ? `&amp;${value}&lt;&gt;&quot;&apos;` : value
  })

const number = fc.oneof(
  fc.constantFrom(
    '0',
    '1',
    '007',
    '34773',
    '60',
    '59',
    '61',
    '34773.5',
    '-1',
    '-0',
    '1e5',
    ' 12 ',
    '513027199503151236',
    '999999999999999',
    '1000000000000000',
    '0.1',
    '1.5E+20',
    'abc',
    '1995-03-15T00:00:00',
  ),
  fc.integer({ min: 1, max: 60_000 }).map(String),
)

/** What stands between a cell's tags, and its kind; {p} is the namespace before each name. */
const content = fc.oneof(
  fc.tuple(fc.constantFrom('', 'n', 'd'), number).map(([t, value]) => [t, `<{p}v>${value}</{p}v>`]),
  textXml.map((value) => ['inlineStr', `<{p}is><{p}t xml:space="preserve">${value}</{p}t></{p}is>`]),
  fc
    .array(textXml, { minLength: 1, maxLength: 3 })
    .map((runs) => [
      'inlineStr',
      `<{p}is>${runs.map((run, k) => `<{p}r>${k === 0 ? '' : '<{p}rPr><{p}b/><{p}sz val="1>0"/></{p}rPr>'}<{p}t>${run}</{p}t></{p}r>`).join('')}</{p}is>`,
    ]),
  fc.nat(9).map((index) => ['s', `<{p}v>${index}</{p}v>`]),
  textXml.map((value) => ['str', `<{p}f>A1&amp;"x"</{p}f><{p}v>${value}</{p}v>`]),
  fc.constantFrom('1', '0', 'true', 'FALSE').map((value) => ['b', `<{p}v>${value}</{p}v>`]),
  fc.constantFrom('#N/A', '#DIV/0!').map((value) => ['e', `<{p}f t="shared" si="0"/><{p}v>${value}</{p}v>`]),
  fc.constantFrom<string[]>(
    ['', ''],
    ['', '/'],
    ['', '<{p}v/>'],
    ['str', '<{p}v></{p}v>'],
    ['', '<{p}f>A1</{p}f>'],
    ['inlineStr', '<{p}is/>'],
    ['inlineStr', '<{p}is><{p}t/></{p}is>'],
  ),
)

const cell = fc.record({
  content,
  style: fc.option(fc.nat(STYLE_COUNT)),
  /** Empty columns before it, where cells say which they are. */
  gap: fc.nat(2),
})
export const row = fc.record({
  cells: fc.array(cell, { maxLength: 6 }),
  gap: fc.nat(2),
  isHidden: fc.boolean(),
})
export const layout = fc.record({
  prefix: fc.constantFrom('', 'x:'),
  quote: fc.constantFrom('"', "'"),
  space: fc.constantFrom('', '\n  ', '<!-- <row r="1"/> -->'),
  hasReferences: fc.boolean(),
  isStyleFirst: fc.boolean(),
  is1904: fc.boolean(),
  packing: fc.constantFrom<Packing>({}, { isDeflated: true }, { isZip64: true }, { isDeflated: true, isZip64: true }),
})

/** The texts of a workbook: plain ones, runs, and how they are read aloud. */
export const textTable = fc.array(
  fc.oneof(
    textXml.map((value) => `<{p}t>${value}</{p}t>`),
    fc
      .tuple(textXml, textXml)
      .map(
        ([one, two]) =>
          `<{p}r><{p}rPr><{p}color rgb="1"/></{p}rPr><{p}t>${one}</{p}t></{p}r><{p}r><{p}t xml:space="preserve">${two}</{p}t></{p}r>`,
      ),
    textXml.map(
      (value) => `<{p}t>${value}</{p}t><{p}rPh sb="0" eb="1"><{p}t>pīnyīn</{p}t></{p}rPh><{p}phoneticPr fontId="1"/>`,
    ),
    fc.constantFrom('', '<{p}t/>', '<{p}t></{p}t>'),
  ),
  { maxLength: 8 },
)

/** Shown as a date such a number has no date, which the package does not ask: a test of its own says what becomes of it. */
function isBeyondCalendar(inner: string): boolean {
  const value = Number(/^<\{p\}v>([^<]*)/.exec(inner)?.[1] ?? '')
  return value < 0 || value > 2_900_000
}

type Row = typeof row extends fc.Arbitrary<infer T> ? T : never
type Layout = typeof layout extends fc.Arbitrary<infer T> ? T : never

/** A workbook of those rows and texts, in a form of its own. */
export function write(rows: readonly Row[], table: readonly string[], form: Layout): Buffer {
  const { prefix, quote, space, hasReferences, isStyleFirst, is1904, packing } = form
  const attribute = (name: string, value: string | number) => ` ${name}=${quote}${value}${quote}`
  let index = 1
  const lines = rows.map((line) => {
    index += 1 + (hasReferences ? line.gap : 0)
    let column = -1
    const cells = line.cells.map(({ content: [kind, inner], style, gap }) => {
      column += 1 + (hasReferences ? gap : 0)
      const reference = hasReferences ? attribute('r', `${String.fromCharCode(65 + column)}${index}`) : ''
      const styled = style === null || isBeyondCalendar(inner) ? '' : attribute('s', style)
      const typed = kind === '' ? '' : attribute('t', kind)
      const start = `<{p}c${isStyleFirst ? styled + typed + reference : reference + styled + typed}`
      return inner === '/' ? `${start}/>` : `${start}>${inner}</{p}c>`
    })
    const start = `<{p}row${hasReferences ? attribute('r', index) : ''}${line.isHidden && hasReferences ? attribute('hidden', 1) : ''}`
    return cells.length === 0 ? `${start}/>` : `${start} spans="1:9">${space}${cells.join(space)}${space}</{p}row>`
  })
  const body = `<worksheet><{p}cols/><{p}sheetData>${HEADER.replaceAll(/(<\/?)(?=\w)/g, '$1{p}')}${space}${lines.join(space)}${space}</{p}sheetData></worksheet>`
  const texts = `<?xml version="1.0"?><{p}sst count="1">${table.map((entry) => (entry === '' ? '<{p}si/>' : `<{p}si>${entry}</{p}si>`)).join(space)}</{p}sst>`
  const named = (xml: string) => xml.replaceAll('{p}', prefix)
  return workbookOf({ sheet: named(body), texts: named(texts), styles: STYLES, is1904 }, packing)
}
