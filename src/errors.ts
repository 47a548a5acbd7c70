/**
 * Every way the program can refuse, with the exit status of docs/registers.md.
 *
 * A BiduiError is for a person: it says what happened, to which file, row and column, and what to do next.
 * It carries no name and no ID number. Anything else that is thrown is a bug of ours (exit 70).
 */

/** Exit statuses (docs/registers.md). */
export const EXIT = {
  done: 0,
  quarantined: 3,
  locked: 11,
  usage: 64,
  data: 65,
  noInput: 66,
  bug: 70,
  cannotCreate: 73,
  io: 74,
  tryAgain: 75,
  permission: 77,
  config: 78,
} as const

export type ExitStatus = (typeof EXIT)[keyof typeof EXIT]

export interface ErrorDetails {
  /** What to do next, one sentence. */
  readonly advice?: string
  readonly cause?: unknown
}

/** An error for the user: `[E118] census.csv: column block_code (普查小区码) is missing. Advice.` */
export class BiduiError extends Error {
  override readonly name = 'BiduiError'
  readonly code: string
  readonly exitStatus: ExitStatus
  readonly advice: string | undefined

  constructor(code: string, exitStatus: ExitStatus, message: string, details: ErrorDetails = {}) {
    super(
      `[${code}] ${message}${details.advice ? ` ${details.advice}` : ''}`,
      details.cause === undefined ? undefined : { cause: details.cause },
    )
    this.code = code
    this.exitStatus = exitStatus
    this.advice = details.advice
  }
}

/** The nearest of `candidates` to `word` by edit distance, if near enough to be worth suggesting. */
export function nearestWord(word: string, candidates: Iterable<string>): string | undefined {
  const given = word.toLowerCase()
  let best: string | undefined
  let bestDistance = Math.max(1, Math.floor(given.length / 3)) + 1
  for (const candidate of candidates) {
    const distance = editDistance(given, candidate.toLowerCase())
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, substitution))
    }
    previous = row
  }
  return previous[b.length] ?? 0
}
