/**
 * What a verdict bears on, said the moment it is saved: the people of the linkage it joins or keeps apart, their rows,
 * and the findings that rest on them. What becomes of those findings only a run can say (rerun.ts).
 */
import { FINDING_TABLE, type FindingCode } from '../../../findings/table.ts'
import type { Affected } from '../../api.ts'
import type { DecisionEvent } from '../../decisions/index.ts'
import { compareText } from '../../../text-order.ts'
import type { RunReader } from '../../run-reader.ts'

export function affectedBy(run: RunReader, events: readonly DecisionEvent[]): Affected {
  const people = new Set<string>()
  const rows = new Set<string>()
  const codes = new Set<string>()
  for (const event of events) {
    if (event.verdict !== 'same' && event.verdict !== 'different') continue
    if (event.ev !== 'decide' && event.ev !== 'derive') continue
    for (const key of [event.left, event.right]) {
      if (key === undefined) continue
      const { person } = run.factsOf(key)
      // A row the run does not know any more stands for itself.
      people.add(person === '' ? key : person)
      rows.add(key)
      for (const record of run.person(person)) rows.add(record.key)
    }
  }
  for (const key of rows) for (const finding of run.findingsOf(key)) codes.add(finding.code)
  return {
    people: people.size,
    records: rows.size,
    findings: [...codes]
      .sort(compareText)
      .map((code) => ({ code, zh: FINDING_TABLE[code as FindingCode]?.zh ?? code })),
  }
}
