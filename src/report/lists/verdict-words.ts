/**
 * What a township wrote in 核实结果, read as one of the choices; where it is none of them, the choice it is near.
 *
 * Blanks, invisible characters and a full stop change nothing and are looked past. Anything else is for a person: the near
 * choice is only ever proposed, never taken.
 */
import { VERDICTS, type Verdict, isVerdict } from './questions.ts'

/** The choice, or undefined: 「属 实」 and 「属实。」 are 属实, 「属実」 is nothing yet. */
export function verdictOf(text: string): Verdict | undefined {
  const folded = fold(text)
  return isVerdict(folded) ? folded : undefined
}

/** The one choice that is written within other words, or differs in one character; undefined where two are as near. */
export function nearVerdict(text: string): Verdict | undefined {
  const folded = Array.from(fold(text), (character) => SIMPLE[character] ?? character).join('')
  // 不属实 holds 属实: the longer one is what was written.
  const held = VERDICTS.filter((verdict) => folded.includes(verdict))
  const longest = held.filter((verdict) => !held.some((other) => other !== verdict && other.includes(verdict)))
  if (longest.length > 0) return only(longest)
  return only(VERDICTS.filter((verdict) => isOneCharacterApart(folded, verdict)))
}

/**
 * A tick, a cross, yes or no: the commonest answer that is none of the choices, and no choice is near. 是 to 「此人是否健在？」 is not
 * that the finding is true.
 */
export function isYesOrNo(text: string): boolean {
  return /^(?:[√✓✔☑✅×✗✘☒❌○〇✕xo01]|是的?|否|对的?|不对|不是|有|没有|ok|yes|no|y|n|true|false)$/iu.test(fold(text))
}

/** 繁體 of the characters of the choices. */
const SIMPLE: Readonly<Record<string, string>> = {
  屬: '属',
  實: '实',
  補: '补',
  刪: '删',
  無: '无',
  訪: '访',
  覈: '核',
}

function fold(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\s\p{Cf}]/gu, '')
    .replace(/[。.,;!]+$/u, '')
}

function only(verdicts: readonly Verdict[]): Verdict | undefined {
  return verdicts.length === 1 ? verdicts[0] : undefined
}

/** One character replaced, added or left out. */
function isOneCharacterApart(text: string, verdict: string): boolean {
  const [a, b] = [Array.from(text), Array.from(verdict)]
  if (Math.abs(a.length - b.length) > 1 || a.length < 2) return false
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++
  return Math.max(a.length, b.length) - start - end === 1
}
