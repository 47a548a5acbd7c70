/**
 * A desk on an invented run of its own for each test, and hands that judge at it: the server's side without HTTP.
 */
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import type { DecideResponse, TaskView } from '../../src/review/api.ts'
import type { DecidedPair } from '../../src/review/decisions/index.ts'
import type { Task } from '../../src/review/queue/tasks.ts'
import { Desk, type Person } from '../../src/review/server/desks/desk.ts'
import { decidePair, nextTasks } from '../../src/review/server/desks/pair-desk.ts'
import { makeRunDatabase } from './make-run-database.ts'
import { temporaryFolder } from './temporary-folder.ts'

const person = (name: string, role: Person['role'] = 'reviewer'): Person => ({
  name,
  role,
  areas: [],
  hasPassword: true,
  sess: 's',
})
export const zhang: Person = person('zhang')
export const li: Person = person('li')
export const lead: Person = person('wang', 'lead')

/** To be made once at the head of a file; every test finds a new desk in it. */
export class HandsAtDesk {
  desk!: Desk
  folder = ''
  now = 0
  /** What the linkage was told last. */
  told: readonly DecidedPair[] = []
  private keys = 0

  constructor() {
    beforeEach(() => {
      this.now = Date.UTC(2026, 10, 24)
      this.folder = temporaryFolder('desk')
      makeRunDatabase(join(this.folder, 'run'), 200)
      this.open()
    })
    afterEach(() => {
      this.desk.close()
    })
  }

  /** Again, after a test has closed it. */
  open(): void {
    this.desk = new Desk({
      directory: join(this.folder, 'run'),
      decisions: join(this.folder, 'decisions', 'decisions.sqlite'),
      clock: () => this.now,
      onDecisions: (judgements) => {
        this.told = judgements
      },
    })
  }

  decide(
    who: Person,
    pairId: string,
    verdict: 'same' | 'different' | 'field' | 'escalate' | 'defer',
    more: object = {},
  ): DecideResponse {
    const task = this.desk.taskOf(pairId)
    return decidePair(this.desk, who, 'pair', [], {
      ck: `key-${String(++this.keys).padStart(6, '0')}`,
      taskId: task.taskId,
      pairId,
      verdict,
      ms: 1000,
      ...more,
    })
  }

  first(who: Person): TaskView {
    return nextTasks(this.desk, who, 'pair', []).tasks[0]
  }

  withCandidates(): Task {
    return this.desk.state.tasks.find((task) => task.pairs.length > 1)!
  }

  single(skip = 0): Task {
    return this.desk.state.tasks.filter((task) => task.pairs.length === 1 && task.mode === 'pair')[skip]
  }
}
