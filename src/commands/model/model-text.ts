/**
 * The model of a run as a terminal shows it: λ, m, u and weight of every level, class by class, in English and Chinese.
 *
 * In: a CountyModel. Out: lines. The error rates per threshold that stand below them: src/evaluate/threshold-rates.ts.
 */
import { countText, displayWidth, padCell } from '../../display-text.ts'
import {
  describeAddress,
  describeBirth,
  describeId,
  describeKin,
  describeName,
  describePlace,
  describeSex,
} from '../../matching/compare/describe.ts'
import { COMPARISONS } from '../../matching/comparisons.ts'
import type { CountyModel } from '../../matching/county-model.ts'
import { STANDINGS } from '../../matching/expected-partners.ts'
import { PAIR_CLASS, PAIR_CLASSES } from '../../matching/kernel.ts'
import { agreementWeight, disagreementWeight } from '../../matching/weigh/ethnicity.ts'
import { policeStatusWord } from '../../report/lists/record-words.ts'
import { formatEthnicity } from '../../normalise/ethnicity.ts'

const WORDS: Readonly<Record<(typeof COMPARISONS)[number]['name'], (level: number) => readonly [string, string]>> = {
  name: describeName,
  birth: describeBirth,
  id: describeId,
  sex: describeSex,
  place: describePlace,
  kin: describeKin,
  address: describeAddress,
}

const CLASSES_ZH = ['户籍–户籍', '户籍–普查', '普查–普查', '其他'] as const
const FROM_ZH: Readonly<Record<CountyModel['classes'][number]['mFrom'], string>> = {
  anchors: '锚定对',
  em: 'EM',
  defaults: '缺省值',
}

const HEADS = ['comparison 比较项', 'level 等级'] as const

/** One level: what is compared, both words of the level, m, u, bits. */
type LevelLine = readonly [comparison: string, words: string, m: number, u: number, weight: number]

export function describeModel(model: CountyModel): string[] {
  const classes = model.classes.map((pairClass, k) => ({
    head:
      `${PAIR_CLASSES[k]} ${CLASSES_ZH[k]}: λ ${pairClass.lambda.toExponential(2)}, m from ${pairClass.mFrom} ` +
      `来自${FROM_ZH[pairClass.mFrom]} (${countText(pairClass.anchors)} anchor pairs 锚定对)`,
    lines: levelLines(pairClass),
  }))
  const ethnicity = ethnicityLines(model)
  const all = [...classes.flatMap(({ lines }) => lines), ...ethnicity]
  const widths = [0, 1].map((k) => Math.max(...[HEADS, ...all].map((line) => displayWidth(String(line[k])))) + 2)
  const show = ([comparison, words, m, u, weight]: LevelLine): string =>
    `  ${padCell(comparison, widths[0])}${padCell(words, widths[1])}${m.toExponential(2)}  ${u.toExponential(2)}  ${weight.toFixed(2).padStart(7)}`
  const columns = `  ${padCell(HEADS[0], widths[0])}${padCell(HEADS[1], widths[1])}m        u          weight 权重 (bits)`
  return [
    columns,
    ...classes.flatMap(({ head, lines }) => [head, ...lines.map(show)]),
    'between people of one name, police–census 同名的人之间，户籍–普查:',
    ...ethnicity.map(show),
    ...remarks(model),
  ]
}

function levelLines(pairClass: CountyModel['classes'][number]): LevelLine[] {
  return COMPARISONS.flatMap(({ name, zh, levels }, c) =>
    Array.from({ length: levels - 1 }, (_, index): LevelLine => {
      const level = index + 1
      const m = pairClass.m[c][level]
      const u = pairClass.u[c][level]
      return [`${name} ${zh}`, WORDS[name](level).join(' '), m, u, Math.log2(m / u)]
    }),
  )
}

/** What agreement on each ethnicity is worth, the commonest first, where it is worth something. */
function ethnicityLines({ ethnicity }: CountyModel): LevelLine[] {
  const { differs, amongNamesakes, namesakesDiffer } = ethnicity
  const { policeCensus } = PAIR_CLASS
  const same = amongNamesakes.flatMap((u, code) => (u < 1 ? [{ code, u }] : [])).sort((a, b) => b.u - a.u)
  const m = 1 - differs[policeCensus]
  const line = (words: string, chance: number, u: number, weight: number): LevelLine => [
    'ethnicity 民族',
    words,
    chance,
    u,
    weight / 1000,
  ]
  return [
    ...same.map(({ code, u }) =>
      line(`both 均为 ${formatEthnicity(code)}`, m, u, agreementWeight(ethnicity, policeCensus, code)),
    ),
    line(
      'another ethnicity 民族不同',
      differs[policeCensus],
      namesakesDiffer,
      disagreementWeight(ethnicity, policeCensus),
    ),
  ]
}

/** Who has no partner, who is seldom counted, and whether EM converged. */
function remarks({ unmatched, counted, em }: CountyModel): string[] {
  const seldom = STANDINGS.flatMap((standing, k) => {
    if (counted[k] >= 1) return []
    const who =
      standing === 'death'
        ? 'death register 死亡证明'
        : `status ${standing} ${policeStatusWord(Number(standing))}`.trimEnd()
    return [`${who} ${(counted[k] * 100).toFixed(1)}`]
  })
  const lambda = em.lambda.toExponential(2)
  return [
    `Rows that must have a partner and have none 应有而没有对应行的: police row 户籍行 ${percent(unmatched[0])}, other census row 另一普查行 ${percent(unmatched[1])}.`,
    `Counted by a hundred people in force 每百名在册者被登记时，此类人被登记: ${seldom.join(', ') || 'everybody else as well 其余的人也一样'}.`,
    em.converged
      ? `EM over the police–census patterns converged in ${em.iterations} iterations 经${em.iterations}次迭代收敛, λ ${lambda}.`
      : `EM over the police–census patterns did NOT converge in ${em.iterations} iterations; the anchors' values stand. 未收敛，采用锚定对的值。`,
  ]
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
