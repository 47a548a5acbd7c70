import type { Leases } from '../../src/review/queue/leases.ts'

/** The plain judge of leases: a task changes hands only after it was released. Returns the tasks that did not. */
export function watchLeases(leases: Leases): readonly string[] {
  const holders = new Map<string, string>()
  const givenToTwo: string[] = []
  const take = leases.take.bind(leases)
  const release = leases.release.bind(leases)
  leases.take = (taskId, actor, now) => {
    const isTaken = take(taskId, actor, now)
    if (!isTaken) return false
    if ((holders.get(taskId) ?? actor) !== actor) givenToTwo.push(taskId)
    holders.set(taskId, actor)
    return true
  }
  leases.release = (taskId) => {
    release(taskId)
    holders.delete(taskId)
  }
  return givenToTwo
}
