/**
 * What the cells of a column say of its meaning, where the header says nothing: c3, field 7, none at all.
 *
 * In:  distinct cells that say something, with the rows that hold each. Out: kind and concept, as header-words.ts gives
 *      them for a header. Telephones, electronic addresses, street addresses and codes show by their form; names of
 *      persons by the commonest given and family names among them, and only beside a column that persons have (a telephone,
 *      a birth date): a make, a town or a song may be called Austin. Leaves to propose-spec.ts: everything else.
 */
import { foldAddressWords } from '../fields/addresses.ts'
import { foldText, saysNothing } from '../fields/fold.ts'
import { readDates } from '../fields/dates.ts'
import { type HeaderMeaning, meaningOf, wordsOf } from './header-words.ts'
import { ENGLISH_NICKNAMES } from '../fields/nicknames.ts'
import type { Table, TableColumn } from '../read/read-table.ts'
import { isWrittenDate, someOf } from './some-cells.ts'

export type ValueMeanings = ReadonlyMap<TableColumn, HeaderMeaning>

interface SaidCells {
  readonly cells: readonly string[]
  /** Rows that hold each. */
  readonly counts: ArrayLike<number>
}

/** Concepts of columns that only persons have. */
const OF_PERSONS = ['given name', 'family name', 'birth name', 'middle name', 'birth date', 'sex', 'email', 'telephone']

/** A price, a duration, a degree. */
const AMOUNT = /^\s*(\p{Sc}\s?\d|\d+[.,]\d+|\d+:\d\d|\d[\d.,]*\s?(\p{Sc}|%))/u

/** Columns whose header says nothing and whose cells do. */
export function valueMeanings(table: Table, answer?: string): ValueMeanings {
  const found = new Map<TableColumn, HeaderMeaning>()
  const bare: [TableColumn, SaidCells][] = []
  let hasPersons = false
  let hasDates = false
  let hasAmounts = false
  for (const column of table.columns) {
    const header = wordsOf(column.name)
    const known = meaningOf(header, [])
    if (known !== undefined && OF_PERSONS.includes(known.concept)) hasPersons = true
    if (known !== undefined || column.name === answer) continue
    const said = saidIn(column)
    if (areDates(said)) {
      if (isBareHeader(header)) hasDates = true
      continue
    }
    const meaning = meaningOfForm(said)
    if (meaning !== undefined) {
      found.set(column, meaning)
      if (OF_PERSONS.includes(meaning.concept)) hasPersons = true
    } else if (said.cells.filter((cell) => AMOUNT.test(cell)).length >= 0.5 * said.cells.length) hasAmounts = true
    else if (isBareHeader(header)) bare.push([column, said])
  }
  const names = bare.flatMap(([column, said]): [TableColumn, HeaderMeaning][] => {
    const meaning = meaningOfNames(said)
    return meaning === undefined ? [] : [[column, meaning]]
  })
  const isBoth = ['given name', 'family name'].every((kind) => names.some(([, meaning]) => meaning.kind === kind))
  // Songs and films have dates, and amounts besides.
  const isDated = (hasDates || isBoth) && !hasAmounts
  if (hasPersons || isDated) for (const [column, meaning] of names) found.set(column, meaning)
  return found
}

function saidIn(column: TableColumn): SaidCells {
  const counts = new Int32Array(column.cells.length)
  for (const code of column.codes) counts[code]++
  const numberOf = new Map(column.cells.map((cell, code) => [cell, code]))
  const cells = someOf(column.cells.filter((cell) => !saysNothing(cell)))
  return { cells, counts: cells.map((cell) => counts[numberOf.get(cell) as number]) }
}

function areDates({ cells }: SaidCells): boolean {
  const { dates } = readDates(cells, new Float64Array(cells.length).fill(1))
  return cells.filter((cell, i) => isWrittenDate(cell, dates[i])).length >= 0.5 * cells.length
}

/** Headers that a program made up for a column that had none. */
const BARE =
  /^((c|col|column|f|field|v|var|variable|x|attr|attribute|feature|unnamed|spalte|feld|colonne|champ|columna|campo|coluna|列|字段)( ?:? ?\d+)?|\d*|[a-z])$/

/** @param header its words (see wordsOf) */
export function isBareHeader(header: string): boolean {
  return BARE.test(header)
}

/** Given names beyond those that have a short form, and family names: common ones of several languages, lower case. */
const GIVEN = new Set(
  `aaron adam adrian ahmed aidan alan alejandro alessandro ali alma amit anders andreas andres angel anil anita ann anna antoine arjun
  ashley ashok astrid aurora ava axel beth bianca birgit boris brandon brenda brian brigitte bruce bruno bryan camille carla carlos carmen
  chad chloe claire clara claudia claudio cody colin connor corey craig crystal dale damien daria darren deepak dean denise derek diana diego
  diane dmitri donna doris dylan elena eli elias ellen elsa emilia emma enrique erica eric erik erin ethan eva fabio faith fatima felix
  fernando francesca francesco francois frida friedrich gareth gary gavin giovanni giulia giuseppe glen glenn gloria graham gunther guy hans harper
  hasan hassan heather hector heidi heinz helga hiroshi hugo ian ibrahim ingrid ines irina isaac ivan jack jackson jacob jade jasmine jason javier
  jay jean jesus jill johann johan jorge jose juan juergen julia justin kai kareem karen karin karl keith kelly kevin kiran klaus kurt kyle lachlan
  lars lauren lea leah leon liam lin linda lorenzo lois lori luca lucia luis lukas luke luigi lynn manuel marco maria mario marie marta mateo mathilde
  matteo maxime megan mehmet mei mia miguel mohamed mohammed monica monique muhammad nadia naomi neil nigel nina noah noel nora olga olivia omar
  oscar otto owen pablo paige paolo paul paula pedro phoebe pierre priya rafael rahul raj ramon raul ravi renate ricardo riley rita roberto rohan ross
  roxanne ryan sabine sandeep sandra sanjay sara scott sean sergei sergio shane shannon sharon shawn sheila sofia stefan stefano sunil sunita susanne
  sven tara taylor tiffany todd travis trevor tyler ulrich ursula uwe valentina vanessa victor vijay vikram virginia vivian walter wayne wei wendy
  werner wolfgang xavier yasmin yolanda yusuf yvonne zoe
  anja anke annette barbara bernd birgit brigitte carsten christa dieter dirk doris elke elisabeth frank franz gabriele gerd gerda gerhard gisela guenter
  guenther hannelore hans heike heinrich helmut herbert hermann hildegard holger horst ilse ingeborg joachim joerg juergen kathrin katrin kurt manfred
  markus martina matthias monika nicole olaf petra rainer ralf reiner renate rolf rudolf ruth sabine siegfried silke stefan stefanie susanne sven thorsten
  torsten ulrike ursula uwe volker walter werner wolfgang amelie aurelie benoit cedric christophe clement elodie emilie fabien florent francoise
  gerard guillaume helene isabelle jacques jerome jeanne julien laurence lucie mathieu monique nathalie nicolas odile olivier pascal patrice sebastien
  sophie sylvie thierry valerie veronique yves giuseppina luigi paola roberta sergio silvia stefania beatriz cristina joao josefa luisa manuela
  mercedes miguel pilar rosario teresa agnieszka ewa jan katarzyna krzysztof malgorzata marcin piotr tomasz alexei anastasia dmitry ekaterina
  mikhail natalia sergey svetlana tatiana vladimir aisha deepa gopal krishna lakshmi meena mohan neha pooja rajesh ramesh sanjeev suresh vinod`
    .split(/\s+/)
    .concat(ENGLISH_NICKNAMES.flat()),
)
const FAMILY = new Set(
  `smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson anderson thomas taylor moore
  jackson martin lee perez thompson white harris sanchez clark clarke ramirez lewis robinson walker young allen king wright scott torres nguyen hill
  flores green adams nelson baker hall rivera campbell mitchell carter roberts gomez phillips evans turner diaz parker cruz edwards collins reyes
  stewart morris morales murphy cook rogers gutierrez ortiz morgan cooper peterson bailey reed kelly howard ramos kim cox ward richardson watson
  brooks chavez wood james bennett gray mendoza ruiz hughes price alvarez castillo sanders patel myers long ross foster jimenez davies wright khan
  singh kumar sharma shah ali ahmed wang li zhang liu chen yang huang zhao wu zhou mueller muller schmidt schneider fischer weber meyer wagner becker
  schulz hoffmann schaefer koch bauer richter klein wolf schroeder neumann schwarz zimmermann dubois durand leroy moreau simon laurent
  lefebvre michel bertrand roux rossi russo ferrari esposito bianchi romano silva santos oliveira souza pereira costa ferreira fernandez gonzales
  hansen johansen olsen larsen andersen nielsen jensen johansson andersson karlsson nilsson eriksson larsson ivanov smirnov petrov kowalski nowak
  novak yilmaz kaya demir tanaka suzuki sato watanabe ito yamamoto kobayashi park choi tran pham ryan walsh obrien oconnor byrne mcdonald macdonald
  fraser reid murray graham hamilton robertson webb palmer mills ellis harrison marshall shaw simpson hunt knight butler barnes fisher henderson
  arnold bergmann boehm brandt busch dietrich engel ernst fiedler frank friedrich fuchs graf gross guenther haas hahn hartmann heinrich herrmann
  hofmann horn huber jaeger jung kaiser keller koehler koenig kraemer kraus krause krueger kuehn kuhn lang lange lehmann lorenz ludwig maier mayer
  meier moeller otto peters pfeiffer pohl roth sauer schaefer scholz schreiber schubert schulte schulze schuster seidel simon sommer stein thomas
  vogel vogt voigt walter weiss werner winkler winter wolff ziegler bernard petit robert richard moreau lambert girard bonnet francois mercier
  colombo ricci marino greco bruno gallo conti deluca mancini navarro ruiz alonso moreno alvarez romero ramos vazquez gil blanco molina`.split(
    /\s+/,
  ),
)

/** Parts of the rows (names) or distinct cells (forms) from which a column is what it looks like. */
const MOST = 0.9
const NAMED = 0.3
const FAMILY_NAMED = 0.08
/** Streets, with the number of the house in most cells; and without. */
const STREETS = 0.3
const ALL_STREETS = 0.6

/** What the form of the cells says by itself; undefined where it says nothing. */
function meaningOfForm({ cells }: SaidCells): HeaderMeaning | undefined {
  if (cells.length === 0) return undefined
  const share = (test: (cell: string) => boolean) => cells.filter((cell) => test(cell.trim())).length / cells.length
  if (share((cell) => /^\S+@\S+\.\S+$/.test(cell)) >= MOST) return { concept: 'email', kind: 'code' }
  if (
    share(isTelephone) >= MOST &&
    share((cell) => /^[1-9]\d{0,3}([.,]\d+)?$|^\d{8}$/.test(cell)) < 1 - MOST &&
    isDialled(cells)
  )
    return { concept: 'telephone', kind: 'code' }
  if (isOfOneLength(cells)) return { concept: 'number', kind: 'code' }
  const streets = share(isStreet)
  if (streets >= ALL_STREETS || (streets >= STREETS && share((cell) => /\d/.test(cell)) >= 0.5))
    return { concept: 'address', kind: 'address' }
  return undefined
}

/** Names of persons, or undefined. Of two columns of single names the one with more given names holds these. */
function meaningOfNames({ cells, counts }: SaidCells): HeaderMeaning | undefined {
  let rows = 0
  let words = 0
  let withDigits = 0
  let given = 0
  let family = 0
  let chinese = 0
  cells.forEach((cell, i) => {
    const parts = foldText(cell).split(' ')
    const weight = counts[i]
    rows += weight
    if (CHINESE_NAME.test(cell.trim())) chinese += weight
    words += weight * parts.length
    if (/\d/.test(cell)) withDigits += weight
    if (parts.some((part) => GIVEN.has(part))) given += weight
    if (parts.some((part) => FAMILY.has(part))) family += weight
  })
  const mean = words / Math.max(rows, 1)
  if (rows > 0 && chinese >= NAMED_IN_CHINESE * rows) return { concept: 'person', kind: 'full name' }
  if (rows === 0 || withDigits > 0.03 * rows || mean > NAME_WORDS_MOST) return undefined
  if (mean >= WHOLE_NAME_WORDS) {
    // A title holds one of so many names now and then.
    return given >= NAMED * rows || (given + family >= 0.6 * rows && mean < 3)
      ? { concept: 'person', kind: 'full name' }
      : undefined
  }
  if (given >= NAMED * rows && given >= family) return { concept: 'given name', kind: 'given name' }
  return family >= FAMILY_NAMED * rows && family > given / 2
    ? { concept: 'family name', kind: 'family name' }
    : undefined
}

/** One of the hundred commonest family names and one or two characters; six Chinese of seven bear one. */
const CHINESE_NAME =
  /^[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤張劉陳楊黃趙吳孫馬許韓鄧蔣葉蘇呂鄭羅盧鐘譚陸賈鄒龍陶賀顧錢嚴][\u3400-\u9fff]{1,2}$/
const NAMED_IN_CHINESE = 0.6

const NAME_WORDS_MOST = 4
const WHOLE_NAME_WORDS = 1.6

/** Seven digits or more, parted as people part them; not a decimal, not a date. */
function isTelephone(cell: string): boolean {
  if (!/^\+?[\d\s().\-/]+(\s?(x|ext\.?)\s?\d{1,5})?$/i.test(cell)) return false
  if (/^[12]\d{3}[-/.][01]?\d[-/.][0-3]?\d$|^[0-3]?\d[-/.][0-3]?\d[-/.]([12]\d)?\d\d$|^\d+\.\d{1,2}$/.test(cell))
    return false
  const digits = cell.replace(/\D/g, '').length
  return digits >= 7 && digits <= 18
}

/** Somebody parted digits, or wrote a nought that a number would not have. */
function isDialled(cells: readonly string[]): boolean {
  return cells.filter((cell) => /\d[\s()\-/]+\d|^\s*[+(0]/.test(cell)).length >= 0.2 * cells.length
}

/** Numbers with a nought before them, or all of one length beyond that of a year: names of things, not amounts. */
function isOfOneLength(cells: readonly string[]): boolean {
  if (cells.length < CODES_LEAST || !cells.every((cell) => /^\d+$/.test(cell.trim()))) return false
  // A slip of the pen gives a year a nought.
  const years = cells.filter((cell) => /^(1[5-9]|20)\d\d$/.test(cell.trim())).length
  if (years >= cells.length / 2) return false
  const lengths = new Map<number, number>()
  let noughts = 0
  for (const cell of cells) {
    const text = cell.trim()
    lengths.set(text.length, (lengths.get(text.length) ?? 0) + 1)
    if (text.length > 2 && text.startsWith('0')) noughts++
  }
  if (noughts >= 0.02 * cells.length) return true
  const [length, most] = [...lengths].reduce((best, each) => (each[1] > best[1] ? each : best))
  return most >= 0.97 * cells.length && length >= 4
}

const CODES_LEAST = 20

const CHINESE_PLACE = /[\u3400-\u9fff].*(路|街|巷|弄|号|村|组|镇|乡|区|县|市|栋|幢|室)/

const STREET_WORDS =
  /\b(st|road|avenue|boulevard|lane|place|square|highway|parkway|crescent|terrace|circle|close|gardens|grove|way|court|ct|dr|parade|circuit|weg|gasse|platz|allee|rue|calle|via|plaza|broadway|po box)\b|(strasse|str|weg|gasse|platz)\b/

/** A word for a street beside another word or a number. */
function isStreet(cell: string): boolean {
  if (CHINESE_PLACE.test(cell)) return true
  return STREET_WORDS.test(foldAddressWords(foldText(cell))) && cell.trim().split(/\s+/).length >= 2
}
