/**
 * Times as offices in China read them: eight hours ahead of UTC, the whole year and the whole country, whatever the machine is
 * set to.
 *
 * In:  milliseconds since 1970 UTC. Out: texts that sort as the times do.
 */
const OFFSET_MS = 8 * 3_600_000

/** 2026-11-24T08:00:00.000+08:00 */
export function officeTime(epochMs: number): string {
  return `${new Date(epochMs + OFFSET_MS).toISOString().slice(0, -1)}+08:00`
}

/** 2026-11-24 08:00 */
export function officeMinute(epochMs: number): string {
  return officeTime(epochMs).slice(0, 16).replace('T', ' ')
}

/** 2026-11-24 */
export function officeDay(epochMs: number): string {
  return officeTime(epochMs).slice(0, 10)
}
