/**
 * Says what became of the decisions in this run: a county whose ids were given anew, changed rows or another county's
 * decisions would otherwise lose what people did without a word.
 *
 * Pairs are told in the summary (E133 where their records are not in the files, E138 where their data changed and they wait
 * again, E139 where their ids were given anew and they were found by content); verdicts on findings after the run, when its findings have their ids.
 */
import { basename } from 'node:path'
import type { RecordTable } from '../../records/record-table.ts'
import { REGISTERS } from '../../registers/columns.ts'
import { maskNumbersInText } from '../../report/mask.ts'
import { RunSource } from '../../report/lists/run-source.ts'
import type { RunWarning } from '../../report/run-warning.ts'
import { contentsIn } from './judged-contents.ts'
import type { Mark, RowJudgement } from '../../store/judged-rows.ts'
import type { Obeyed } from '../../review/run-remarks.ts'
import { backFill, carryFindings, hasFindingChanged, loadFindingVerdicts } from '../../review/decisions/index.ts'

/** @param decided pairs that people decided, @param found those whose two records the files have */
export function decisionWarnings(
  path: string | undefined,
  decided: number,
  found: readonly RowJudgement[],
  /** Whether the two rows are one person tonight. */
  isJoined: (judgement: RowJudgement) => boolean = () => true,
  /** The pairs that were not taken, as they were judged. */
  lostPairs: readonly LostPair[] = [],
): RunWarning[] {
  if (path === undefined) return []
  const file = basename(path)
  const warnings: RunWarning[] = []
  // Of three rows that are one person two pairs are judged and the third follows: people look for the number they remember.
  const all = `${decided} 对裁决(含由此推出的)`
  const allEn = `${decided} decided pairs (those that followed included)`
  const lost = decided - found.length
  const named = lostNames(lostPairs)
  if (lost > 0)
    warnings.push({
      code: 'E133',
      file,
      message: `${all}中有 ${lost} 对的记录不在本次文件中，或记录号已改、内容也变了，未能采用${named.zh} · ${lost} of ${allEn} have records that are not in these files, or whose ids and contents both changed, and were not taken${named.en}`,
    })
  const stale = found.filter(({ isStale }) => isStale === true)
  if (stale.length > 0) {
    const same = stale.filter(({ verdict }) => verdict === 'same')
    const standing = same.filter(isJoined).length
    warnings.push({
      code: 'E138',
      file,
      message:
        `${all}中有 ${stale.length} 对的数据已变化，重新待审，排在队列最前；其中原判同一人 ${same.length} 对：` +
        `${standing} 对在重新判断前仍算同一人，${same.length - standing} 对与现在的数据不符，已不再算同一人 · ` +
        `the data of ${stale.length} of ${allEn} have changed: they wait to be judged again, first in the queue. ` +
        `Of ${same.length} called the same person ${standing} count as one until then, ${same.length - standing} no longer do: tonight's rows speak against it`,
    })
  }
  const again = found.filter(({ isByContent }) => isByContent === true).length
  if (again > 0)
    warnings.push({
      code: 'E139',
      file,
      message: `${all}中有 ${again} 对的记录号已改，按内容找回并采用 · the record ids of ${again} of ${allEn} were given anew: they were found by what stands in the rows, and taken`,
    })
  return warnings
}

/** A decided pair whose records are not in the files. */
export interface LostPair {
  readonly left: string
  readonly right: string
  readonly verdict: string
}

const NAMED_MAX = 5

/** Some of them, those first that the engine would join by itself: whoever has last night's run sees there who they were. */
function lostNames(lost: readonly LostPair[]): { readonly zh: string; readonly en: string } {
  if (lost.length === 0) return { zh: '', en: '' }
  const apart = lost.filter(({ verdict }) => verdict === 'different')
  const first = [...apart, ...lost.filter(({ verdict }) => verdict !== 'different')].slice(0, NAMED_MAX)
  // An office may have made ID numbers its record ids.
  const names = first.map(({ left, right }) => maskNumbersInText(`${left} ${right}`)).join(', ')
  const which = lost.length > first.length ? ['例如', 'among them'] : ['即', 'they are']
  return {
    zh: `(原判不同人 ${apart.length} 对；${which[0]} ${names}；用 bidui explain 上一批次 查看是谁)`,
    en: ` (${apart.length} of them called two people; ${which[1]} ${names}: bidui explain with last night's run says who they were)`,
  }
}

/** What became of pairs put aside: 入户, 暂缓, 上报, and conflicts that wait for the lead. Under the same ids there is nothing to say. */
export function markWarnings(
  path: string | undefined,
  found: readonly RowJudgement<Mark>[],
  lost: number,
): RunWarning[] {
  if (path === undefined) return []
  const file = basename(path)
  const warnings: RunWarning[] = []
  const zh = '入户、暂缓、上报、待裁定的标记'
  const en = 'pairs put aside (field, later, lead, conflict)'
  if (lost > 0)
    warnings.push({
      code: 'E133',
      file,
      message: `${found.length + lost} 对${zh}中有 ${lost} 对的记录不在本次文件中，未能保留 · ${lost} of ${found.length + lost} ${en} have records that are not in these files`,
    })
  const again = found.filter(({ isByContent, isStale }) => isByContent === true && isStale !== true).length
  if (again > 0)
    warnings.push({
      code: 'E139',
      file,
      message: `${found.length + lost} 对${zh}中有 ${again} 对的记录号已改，按内容找回，仍然保留 · the record ids of ${again} of ${found.length + lost} ${en} were given anew: they were found by what stands in the rows, and stay aside`,
    })
  return warnings
}

/** Pairs that have other record keys tonight than when they were judged, and wait again: tonight's pair → the pair that was judged. */
export function judgedAs(table: RecordTable, judgements: readonly RowJudgement<string>[]): Record<string, string> {
  return namesBefore(
    table,
    judgements.filter(({ isStale }) => isStale === true),
  )
}

/** The same of pairs whose verdict stands: nobody is asked about them again. */
export function decidedAs(table: RecordTable, judgements: readonly RowJudgement<string>[]): Record<string, string> {
  return namesBefore(
    table,
    judgements.filter(({ isStale }) => isStale !== true),
  )
}

function namesBefore(table: RecordTable, judgements: readonly RowJudgement<string>[]): Record<string, string> {
  const keyOf = (row: number) => `${REGISTERS[table.registerOf(row)]}:${table.recordId(row)}`
  const pairs = judgements.flatMap(({ left, right, judgedAs: before }) => {
    if (before === undefined) return []
    const [one, other] = [keyOf(left), keyOf(right)]
    const names = [`${one}|${other}`, `${other}|${one}`]
    return names.includes(before) ? [] : names.map((name) => [name, before] as const)
  })
  return Object.fromEntries(pairs)
}

/** For the desk of the new run: decisions up to here were obeyed, but for those whose records are not there. */
export function obeyedText(decided: readonly { readonly seq: number }[], lost: readonly string[]): string {
  const obeyed: Obeyed = { upTo: decided.reduce((last, { seq }) => Math.max(last, seq), 0), lost }
  return JSON.stringify(obeyed)
}

/** What became of the desk's verdicts on findings; '' where there are none. */
export function findingVerdictsText(out: string, decisions: string | undefined): string {
  if (decisions === undefined) return ''
  const given = loadFindingVerdicts(decisions)
  if (given.size === 0) return ''
  const source = new RunSource(out)
  try {
    const known = contentsIn(source)
    const verdicts = new Map([...given].map(([id, verdict]) => [id, backFill(verdict, known)]))
    const carried = carryFindings(verdicts.values(), {
      printOf: (findingId) => source.findingPrint(findingId),
      idsByContent: () => source.findingsByContent(),
    })
    // Older verdicts on what was found by content are replaced by the newest: nothing became of them.
    let [standing, changed, gone] = [0, 0, 0]
    const found = carried.from.size
    for (const verdict of verdicts.values()) {
      if (carried.to.has(verdict.findingId)) continue
      const now = source.findingPrint(verdict.findingId)
      if (now === '' || (carried.isMoved && hasFindingChanged(verdict, now))) gone++
      else if (hasFindingChanged(verdict, now)) changed++
      else standing++
    }
    return (
      `审核台对问题的裁决 desk verdicts on findings: 仍有效 standing ${standing} · 记录号已改，按内容找回 found by content ${found} · 数据已变化，重新待审 changed, open again ${changed} · ` +
      `问题已消失 gone ${gone}\n`
    )
  } finally {
    source.close()
  }
}
