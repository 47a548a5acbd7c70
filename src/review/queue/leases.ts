/**
 * Leases: a task is shown to one person at a time, for ten minutes.
 *
 * In:  task, person, time. Out: whether the task is theirs now. A lease that runs out is anybody's; a decision by
 * somebody whose lease ran out is still welcome while nobody else holds the task.
 */
export const LEASE_MS = 10 * 60_000

export class Leases {
  private readonly held = new Map<string, { actor: string; until: number }>()

  /** True if the task is now held by `actor`. */
  take(taskId: string, actor: string, now: number): boolean {
    const lease = this.held.get(taskId)
    if (lease !== undefined && lease.actor !== actor && lease.until > now) return false
    this.held.set(taskId, { actor, until: now + LEASE_MS })
    return true
  }

  /** Who holds the task, if anybody. */
  holder(taskId: string, now: number): string | undefined {
    const lease = this.held.get(taskId)
    return lease !== undefined && lease.until > now ? lease.actor : undefined
  }

  release(taskId: string): void {
    this.held.delete(taskId)
  }

  releaseAll(actor: string): void {
    for (const [taskId, lease] of this.held) if (lease.actor === actor) this.held.delete(taskId)
  }

  /** How many tasks others cannot have at the moment. */
  count(now: number): number {
    let count = 0
    for (const lease of this.held.values()) if (lease.until > now) count++
    return count
  }
}
