/**
 * Measures: numbers of a title with the unit they are told in (64 GB, 750 ml, 32 inch, pack of 6), by which the sizes of one thing
 * are told apart.
 *
 * In:  a folded text. Out: what it measures, by unit; whether two texts measure something differently. Pure.
 * Leaves to marks.ts: numbers without a unit, which may be of a model, a year, or another thing in each of two texts.
 */

/** Unit, what it is counted in, and how many of those it holds. */
const UNITS: ReadonlyMap<string, readonly [unit: string, holds: number]> = new Map(
  `mb mb 1|gb gb 1|tb gb 1000|mg mg 1|g g 1|kg g 1000|ml ml 1|cl ml 10|l ml 1000|ltr ml 1000|liter ml 1000|litre ml 1000|oz oz 1|ounce oz 1|lb lb 1|pound lb 1|
  gal gal 1|gallon gal 1|qt qt 1|mm mm 1|cm mm 10|in inch 1|inch inch 1|ft ft 1|foot ft 1|feet ft 1|v v 1|volt v 1|w w 1|watt w 1|kw w 1000|mah mah 1|
  mp mp 1|megapixel mp 1|hz hz 1|mhz mhz 1|ghz mhz 1000|rpm rpm 1|pk pack 1|pack pack 1|pcs pack 1|piece pack 1|count pack 1|ct pack 1|
  yr year 1|year year 1|user user 1|port port 1|seat seat 1|dpi dpi 1`
    .split('|')
    .map((entry) => entry.trim().split(' '))
    .flatMap(([name, unit, holds]): [string, readonly [string, number]][] => [
      [name, [unit, Number(holds)]],
      [`${name}s`, [unit, Number(holds)]],
      [`${name}es`, [unit, Number(holds)]],
    ]),
)

/** 31.5 inches are told as 32, half a litre as 17 ounces; the next size is 40, and the next memory twice as large. */
const ROUNDED_MOST = 0.05

/** Part of the texts with a unit that tell several things in it. */
const SEVERAL_MOST = 0.1

const ATTACHED = /^(\d{1,6})([a-z]{1,10})$/
const DIGITS = /^\d{1,6}$/

/**
 * What one number with its unit may say, the unit counted out: a point and a decimal comma are spaces in a folded text, so "0 75 l" is
 * 75 litres or three quarters of one, and "iphone 13 64 gb" hardly 13.64.
 */
interface Reading {
  readonly whole: number
  readonly decimal: number | undefined
}

/** Measures of a text by unit. */
export type Measures = ReadonlyMap<string, readonly Reading[]>

export function measuresOf(text: string): Measures {
  const measures = new Map<string, Reading[]>()
  const words = text.split(' ')
  words.forEach((word, i) => {
    const [, digits, name] = ATTACHED.exec(word) ?? [undefined, DIGITS.exec(word)?.[0], words[i + 1]]
    const unit = name === undefined ? undefined : UNITS.get(name)
    if (digits === undefined || unit === undefined) return
    const counted = (number: string) => Math.round(Number(number) * unit[1] * 1000)
    const decimal = i > 0 && DIGITS.test(words[i - 1]) ? counted(`${words[i - 1]}.${digits}`) : undefined
    measures.set(unit[0], [...(measures.get(unit[0]) ?? []), { whole: counted(digits), decimal }])
  })
  return measures
}

/**
 * Without the units in which a tenth of the texts that tell one tell several things: who has 8 GB and who has 256 GB may mean the
 * memory and the disk of one notebook.
 * @param counts rows with each text
 */
export function measuresOnce(ofTexts: readonly Measures[], counts: ArrayLike<number>): Measures[] {
  const rows = new Map<string, { told: number; several: number }>()
  ofTexts.forEach((measures, text) => {
    for (const [unit, list] of measures) {
      const of = rows.get(unit) ?? { told: 0, several: 0 }
      rows.set(unit, of)
      of.told += counts[text]
      if (list.length > 1) of.several += counts[text]
    }
  })
  const isOfOne = ([unit]: readonly [string, unknown]) => {
    const { told, several } = rows.get(unit) as { told: number; several: number }
    return several < SEVERAL_MOST * told
  }
  return ofTexts.map((measures) => new Map([...measures].filter(isOfOne)))
}

/**
 * Undefined where two texts measure nothing in one unit. They differ where each has a measure that the other, though it tells that
 * unit, has not: who tells the disk alone has not another thing than who tells disk and memory.
 */
export function areMeasuresSame(a: Measures, b: Measures): boolean | undefined {
  let isKnown = false
  for (const [unit, mine] of a) {
    const theirs = b.get(unit)
    if (theirs === undefined) continue
    isKnown = true
    if (!areAmong(mine, theirs) && !areAmong(theirs, mine)) return false
  }
  return isKnown ? true : undefined
}

function areAmong(some: readonly Reading[], others: readonly Reading[]): boolean {
  return some.every((x) => others.some((y) => areOne(x, y)))
}

function areOne(x: Reading, y: Reading): boolean {
  if (x.decimal !== undefined && x.decimal === y.decimal) return true
  return areNear(x.whole, y.whole) || areNear(x.decimal, y.whole) || areNear(x.whole, y.decimal)
}

function areNear(x: number | undefined, y: number | undefined): boolean {
  return x !== undefined && y !== undefined && Math.abs(x - y) <= ROUNDED_MOST * Math.max(x, y)
}
