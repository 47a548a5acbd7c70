/**
 * How two rows met, in words: the rules that proposed the pair, or what kept the nearest from it and what the later layers saw.
 *
 * In:  a PairMeeting. Out: lines for the terminal, Chinese beside English. No value of a row stands in them, only names of columns.
 */
import { nearestRules, type PartState, type RuleMeeting } from '../../blocking/meeting.ts'
import type { PairMeeting } from '../../linked-pairs.ts'
import { displayWidth } from '../../display-text.ts'

const NEAREST_MAX = 4
/** Rules that are shown where a pair was met by many; `--json` has all. */
const MET_MAX = 3
const HEAD = 'blocking 分组'

const STATE_WORDS: Readonly<Record<PartState, string>> = {
  same: 'same 相同',
  different: 'differs 不同',
  'left lacks it': 'the first row lacks it 前一行没有',
  'right lacks it': 'the second row lacks it 后一行没有',
  'both lack it': 'both lack it 两行都没有',
}

const LAYER_WORDS: Readonly<Record<string, string>> = {
  person_no: 'the number of the person in the police system linked it · 人员编号相同而关联',
  exact: 'one valid ID number linked it · 证件号相同而关联',
  statistical: 'the statistical layer linked it · 统计层关联',
  household: 'the layer of households and families linked it · 同户与家人层关联',
  leftover: 'the layer of leftovers linked it · 落单层关联',
  review: 'a later layer found it and left it to a person · 后续层找到，留待人工判断',
  decision: 'a person decided it · 人工判定',
}

export function formatMeeting(meeting: PairMeeting): string {
  return `${linesOf(meeting).join('\n')}\n`
}

function linesOf(meeting: PairMeeting): readonly string[] {
  const { rules } = meeting
  if (meeting.isVersion)
    return [`${HEAD}  not needed: versions of one person in the police system · 户籍系统中同一人的不同版本，不必比对`]
  const met = rules.filter(({ outcome }) => outcome === 'met')
  if (met.length > 0) {
    const head = `${HEAD}  proposed by ${met.length} of ${rules.length} rules · ${rules.length} 条规则中 ${met.length} 条提出这一对：`
    const kept = meeting.isPlausible
      ? []
      : [
          '  but name, birth and number are too unlike for the pair to be weighed further · 但姓名、出生、号码相差太多，没有进入权衡',
        ]
    const shown = table(met.slice(0, MET_MAX).map((rule) => [rule.rule, sharedParts(rule)]))
    const more = met.length > MET_MAX ? [`  and ${met.length - MET_MAX} more 另有 ${met.length - MET_MAX} 条`] : []
    return [head, ...shown, ...more, ...kept, ...laterLayers(meeting)]
  }
  const left = rules.filter(({ outcome }) => outcome === 'split' || outcome === 'window')
  const near = nearestRules(rules, NEAREST_MAX)
  return [
    `${HEAD}  never proposed: none of ${rules.length} rules met the pair · 从未提出：${rules.length} 条规则都没有使两行相遇`,
    ...(left.length === 0 ? [] : ['  one key, but the block was too large · 键相同，但该组太大：']),
    ...table(left.map((rule) => [rule.rule, leftOut(rule)])),
    ...(near.length === 0 ? [] : ['  nearest rules, and what they would have needed · 最接近的规则，还差什么：']),
    ...table(near.map((rule) => [rule.rule, lackingParts(rule)])),
    ...laterLayers(meeting),
  ]
}

function sharedParts({ parts }: RuleMeeting): string {
  return parts.map(({ words }) => words).join(' + ')
}

function lackingParts({ parts }: RuleMeeting): string {
  return parts
    .filter(({ state }) => state !== 'same')
    .map(({ words, state }) => `${words}: ${STATE_WORDS[state]}`)
    .join('; ')
}

function leftOut(rule: RuleMeeting): string {
  if (rule.outcome === 'window') return 'too far apart in a block that nothing splits · 该组无法再分，两行相距太远'
  return `split by · 再按下列各项分开：${lackingParts(rule)}`
}

/** What the layers after blocking did with the pair, and what stood there for them to see. */
function laterLayers({
  rules,
  isPlausible,
  layer,
  isOnePerson,
  inBothHouseholds,
  counterparts,
}: PairMeeting): readonly string[] {
  const isProposed = rules.some(({ outcome }) => outcome === 'met')
  if (isProposed && layer !== '' && isPlausible) return []
  const verdict =
    layer !== ''
      ? LAYER_WORDS[layer]
      : isOnePerson
        ? 'none linked this pair; both rows are one person by other rows · 没有直接关联，经其他登记连为一人'
        : 'none linked it or asked about it · 都没有关联，也没有提出疑问'
  const lines: (readonly [string, string])[] = [['layers 关联各层', verdict]]
  if (!isOnePerson && layer === '') {
    if (inBothHouseholds === 0)
      lines.push([
        'households 同户',
        'nobody else stands in both: members not compared · 两户没有共同的人，成员不相比较',
      ])
    if (inBothHouseholds > 0)
      lines.push([
        'households 同户',
        `${inBothHouseholds} other people stand in both: who is left over there is compared · 另有 ${inBothHouseholds} 人两户都有，两户余下的成员相互比较`,
      ])
    if (counterparts !== undefined) lines.push(['leftovers 落单', counterpartWords(counterparts)])
  }
  return table(lines)
}

function counterpartWords({ left, right }: { readonly left: string; readonly right: string }): string {
  const taken = [left, right].filter((key) => key !== '')
  return taken.length === 0
    ? 'neither has a counterpart: compared where name, hukou village and sex, or month of birth and place are one · 双方都没有对应登记，姓名、或户籍村居加性别、或出生年月加地点相同时再比一次'
    : `no longer left over, there is ${taken.join(', ')} · 已有对应登记，不算落单`
}

/** Names in a column of their own, indented. */
function table(lines: readonly (readonly [string, string])[]): readonly string[] {
  const widest = Math.max(0, ...lines.map(([name]) => displayWidth(name)))
  return lines.map(([name, words]) => `  ${name}${' '.repeat(widest - displayWidth(name) + 2)}${words}`)
}
