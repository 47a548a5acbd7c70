/** One task: where it lies and why it comes now, its candidates, the table, the evidence, the households. */
import type { TaskView } from '../../api.ts'
import type { DeskModel } from '../model/desk-model.ts'
import { currentCandidate, type PageState } from '../model/state.ts'
import { say, sayCode } from '../words/index.ts'
import { townshipWord, villageWord } from '../words/places.ts'
import { Place } from './place.tsx'
import { CompareTable } from './compare-table.tsx'
import { Evidence } from './evidence.tsx'
import { Household } from './household.tsx'

export function Task({ model, state }: { readonly model: DeskModel; readonly state: PageState }) {
  const task = state.tasks[0]
  const candidate = currentCandidate(state)
  if (task === undefined || candidate === undefined) return null
  const fields = state.revealed?.pairId === candidate.pairId ? state.revealed.fields : candidate.fields
  const isHousehold = state.mode === 'household'
  return (
    <main
      class={isHousehold ? 'task task-household' : 'task'}
      data-task={task.taskId}
      data-pair={candidate.pairId}
      data-revealed={state.revealed !== undefined}
    >
      <Strip task={task} />
      {candidate.stale === undefined ? null : (
        <p class="stale" role="alert">
          <strong>{say('stale')}</strong> {say('staleWas')}: <s>{say(`verdict.${candidate.stale.verdict}`)}</s>{' '}
          {candidate.stale.t.slice(0, 10)}
        </p>
      )}
      {task.verdicts === undefined ? null : <Verdicts verdicts={task.verdicts} />}
      {task.candidates.length > 1 ? <Candidates model={model} state={state} task={task} /> : null}
      <div class="columns">
        {isHousehold ? null : <CompareTable candidate={candidate} fields={fields} />}
        <div class="side">
          {isHousehold ? <Household candidate={candidate} canConfirm={true} /> : null}
          <Evidence candidate={candidate} weights={state.weights} />
          {isHousehold ? null : <Household candidate={candidate} canConfirm={false} />}
        </div>
        {isHousehold ? <CompareTable candidate={candidate} fields={fields} /> : null}
      </div>
    </main>
  )
}

function Strip({ task }: { readonly task: TaskView }) {
  const { areaCode, block, householdNo, why } = task
  const village = villageWord(areaCode, task.village)
  return (
    <p class="strip">
      <span class="place">
        <Place name={townshipWord(areaCode)} />
        {village === '' ? null : <Place name={village} />}
        {block === '' ? null : <span>{say('block', { n: block.slice(12) })}</span>}
        {householdNo === '' ? null : <span>{say('householdNo', { n: householdNo })}</span>}
      </span>
      <span class="why">
        <span class="why-label">{say('why')}</span>
        {why.isStale ? <span class="tag tag-stale">{say('why.stale')}</span> : null}
        <span class="tag">{sayCode('reason', why.reason)}</span>
        <span class="tag">{say('why.impact', { n: why.impact })}</span>
        {why.candidates > 1 ? <span class="tag">{say('why.candidates', { n: why.candidates })}</span> : null}
      </span>
    </p>
  )
}

function Candidates({
  model,
  state,
  task,
}: {
  readonly model: DeskModel
  readonly state: PageState
  readonly task: TaskView
}) {
  return (
    <ol class="candidates" aria-label={say('candidates')}>
      {task.candidates.map((candidate, at) => {
        const name = candidate.fields.find((field) => field.id === 'name')
        const birth = candidate.fields.find((field) => field.id === 'birth')
        const isRejected = state.rejected.has(candidate.pairId) || candidate.standing === 'different'
        const text = (field: typeof name) => field?.left.map(([part]) => part).join('') ?? ''
        return (
          <li key={candidate.pairId}>
            <button
              type="button"
              class={isRejected ? 'candidate candidate-rejected' : 'candidate'}
              aria-current={at === state.candidate ? 'true' : undefined}
              onClick={() => model.move(at - state.candidate)}
            >
              <span class="candidate-at">{say('candidateOf', { k: at + 1, n: task.candidates.length })}</span>{' '}
              <span>{text(name)}</span> <span class="person-facts">{text(birth)}</span>
              {isRejected ? <span class="candidate-state"> {say('rejected')}</span> : null}
            </button>
          </li>
        )
      })}
    </ol>
  )
}

function Verdicts({ verdicts }: { readonly verdicts: NonNullable<TaskView['verdicts']> }) {
  const heading = verdicts.length > 1 ? 'verdictsTwo' : 'verdictReferred'
  return (
    <section class="panel verdicts" aria-label={say(heading)}>
      <h2>
        {say(heading)} <span class="hint">{say('adjudicateHint')}</span>
      </h2>
      <ul>
        {verdicts.map((verdict, at) => (
          <li key={at}>
            <strong>{say(at === 0 ? 'verdictA' : 'verdictB')}</strong> {say(`verdict.${verdict.verdict}`)}
            {verdict.reason === '' ? null : ` · ${sayCode('why', verdict.reason)}`}
            {verdict.note === '' ? null : ` · ${verdict.note}`}
          </li>
        ))}
      </ul>
    </section>
  )
}
