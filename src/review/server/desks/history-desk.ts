/**
 * A person's own last verdicts, and taking one back.
 *
 * In:  the desk, a person, a batch. Out: the list; an undo event and the task that is open again.
 */
import type { Counts, HistoryEntry, TaskView } from '../../api.ts'
import { FINDING_TABLE, type FindingCode } from '../../../findings/table.ts'
import type { Desk, Person } from './desk.ts'
import { Refusal } from '../refusal.ts'

const HISTORY_SHOWN = 10

/** Takes back a batch of one's own, by default the last. The pairs it touched are open again. */
export function undoBatch(
  desk: Desk,
  person: Person,
  ck: string,
  batch?: string,
): { readonly task: TaskView | null; readonly counts: Counts; readonly batch: string } {
  const earlier = desk.log.eventsOfClientKey(ck)
  const id = earlier[0]?.batch ?? batch ?? desk.projection.person(person.name).batches.at(-1)
  if (id === undefined) throw new Refusal(409, 'nothing-to-undo')
  const live = desk.projection.batch(id)
  if (earlier.length === 0) {
    if (live === undefined || live.actor !== person.name) throw new Refusal(409, 'not-own')
    desk.append([{ ...desk.who(person), ev: 'undo', batch: id, ck }])
  }
  const [before] = live?.pairs ?? []
  const pairId = before === undefined ? undefined : desk.state.tonight(before)
  const number = pairId === undefined ? undefined : desk.state.taskNumberOfPair(pairId)
  if (number === undefined || pairId === undefined) return { task: null, counts: desk.counts(person), batch: id }
  const task = desk.state.taskAt(number)
  desk.leases.take(task.taskId, person.name, desk.clock())
  const pair = desk.pair(pairId)
  const isOpen = desk.state.isOpen(pair)
  const shown = desk.view(task, isOpen ? task.pairs : [pair], 'first', { isBlind: !isOpen })
  return { task: shown, counts: desk.counts(person), batch: id }
}

export function historyOf(desk: Desk, person: Person): readonly HistoryEntry[] {
  const batches = desk.projection.person(person.name).batches.slice(-HISTORY_SHOWN).reverse()
  return batches.flatMap((id) => {
    const [first] = desk.log.eventsOfBatch(id).filter((event) => event.ev !== 'undo')
    if (first === undefined || first.verdict === undefined) return []
    const pairs = desk.projection.batch(id)?.pairs ?? []
    const isOfFinding = first.ev === 'finding'
    return [
      {
        batch: id,
        t: first.t,
        verdict: first.verdict,
        of: isOfFinding ? 'finding' : 'pair',
        label: isOfFinding ? findingLabel(desk, first.obj ?? '') : (desk.run.record(first.right ?? '')?.raw.name ?? ''),
        pairs: pairs.length,
      },
    ]
  })
}

/** What was found and of whom: a verdict alone says nothing that one could take back by. */
function findingLabel(desk: Desk, findingId: string): string {
  const code = desk.run.findingCode(findingId)
  const [record] = desk.run.findingRecords(findingId)
  return [FINDING_TABLE[code as FindingCode]?.zh ?? code, record?.raw.name ?? ''].filter((one) => one !== '').join(' ')
}
