/**
 * How long the rest takes: the median of a person's last fifty times, pauses over a minute left out.
 * In: times from paint to key in ms, tasks left. Out: hours, or undefined while too little is known.
 */
const PAUSE_MS = 60_000
const TIMES_MIN = 5

export function medianTime(recentMs: readonly number[]): number | undefined {
  const times = recentMs.filter((ms) => ms > 0 && ms <= PAUSE_MS).sort((a, b) => a - b)
  if (times.length < TIMES_MIN) return undefined
  const middle = times.length >> 1
  return times.length % 2 === 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2
}

export function remainingHours(recentMs: readonly number[], left: number): number | undefined {
  const median = medianTime(recentMs)
  return median === undefined ? undefined : (median * left) / 3_600_000
}
