/** The two rows side by side in a fixed order, what differs marked by sign, colour and underline together. */
import type { CandidateView, FieldView, Segment } from '../../api.ts'
import { say } from '../words/index.ts'
import { townshipIn } from '../words/places.ts'
import { Gloss } from './gloss.tsx'
import { RecordId } from './record-id.tsx'

const ID_CUTS = [6, 14, 17]
/** `≠16,17,18` would run into the next column. */
const LONG_SIGN = 6

export function CompareTable({
  candidate,
  fields,
}: {
  readonly candidate: CandidateView
  readonly fields: readonly FieldView[]
}) {
  const { counts, mainField } = candidate
  return (
    <section class="panel compare" aria-label={say('compare')}>
      <p class="summary">
        <strong>{say('summary', counts)}</strong>
        {mainField === undefined ? null : (
          <span class="main-difference">{say('mainDifference', { n: say(`field.${mainField}`) })}</span>
        )}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('field')}</th>
            <th scope="col">
              <RecordId recordKey={candidate.leftKey} />
            </th>
            <th scope="col" class="sign">
              {say('relation')}
            </th>
            <th scope="col">
              <RecordId recordKey={candidate.rightKey} />
            </th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field.id} class={`row-${field.kind}`}>
              <th scope="row">{say(`field.${field.id}`)}</th>
              <td>
                <Value field={field} segments={field.left} check={field.checks?.[0] ?? null} />
              </td>
              <td class={field.sign.length > LONG_SIGN ? 'sign sign-long' : 'sign'} title={say(`sign.${field.kind}`)}>
                <span aria-hidden="true">{field.sign}</span>
                <span class="unseen">{say(`sign.${field.kind}`)}</span>
              </td>
              <td>
                <Value field={field} segments={field.right} check={field.checks?.[1] ?? null} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Value({
  field,
  segments,
  check,
}: {
  readonly field: FieldView
  readonly segments: readonly Segment[]
  readonly check: boolean | null
}) {
  if (segments.length === 0) return <span class="none">{say('empty')}</span>
  return (
    <span class={field.id === 'id' ? 'value digits' : 'value'}>
      {field.id === 'id' ? (
        <IdText segments={segments} />
      ) : (
        <span lang="zh-CN" class={field.id === 'birth' ? 'date' : undefined}>
          {segments.map(([text, differs], at) => (
            <Run key={at} text={text} differs={differs} />
          ))}
        </span>
      )}
      <Gloss field={field.id} text={textOf(segments)} />
      {field.id === 'place' ? <Township text={textOf(segments)} /> : null}
      {check === null ? null : (
        <span class={check ? 'check' : 'check check-wrong'}>{say(check ? 'check.right' : 'check.wrong')}</span>
      )}
    </span>
  )
}

function textOf(segments: readonly Segment[]): string {
  return segments.map(([text]) => text).join('')
}

/** Beside the code of a hukou place. */
function Township({ text }: { readonly text: string }) {
  const name = townshipIn(text)
  if (name === '') return null
  return (
    <>
      {' '}
      <span class="gloss" lang="zh-CN">
        {name}
      </span>
    </>
  )
}

function Run({ text, differs }: { readonly text: string; readonly differs: 0 | 1 }) {
  return differs === 1 ? <mark>{text}</mark> : <span>{text}</span>
}

/** 18 characters cut 6 | 8 | 3 | 1, as staff read them. */
function IdText({ segments }: { readonly segments: readonly Segment[] }) {
  const characters = segments.flatMap(([text, differs]) => Array.from(text, (character) => ({ character, differs })))
  const cuts = characters.length === 18 ? ID_CUTS : []
  const groups: { character: string; differs: 0 | 1 }[][] = [[]]
  for (let i = 0; i < characters.length; i++) {
    if (cuts.includes(i)) groups.push([])
    groups[groups.length - 1].push(characters[i])
  }
  return (
    <>
      {groups.map((group, at) => (
        <span key={at} class="id-group">
          {group.map(({ character, differs }, i) => (
            <Run key={i} text={character} differs={differs} />
          ))}
        </span>
      ))}
    </>
  )
}
