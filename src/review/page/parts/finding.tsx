/** One finding: what is said, what it means, what is to be done, and the rows it rests on. */
import type { FieldId, FindingView } from '../../api.ts'
import { currentLanguage, say, sayCode } from '../words/index.ts'
import { townshipWord, villageWord } from '../words/places.ts'
import { Gloss } from './gloss.tsx'
import { Place } from './place.tsx'
import { RecordId } from './record-id.tsx'
import { Scroll } from './scroll.tsx'

const SHOWN: readonly FieldId[] = ['name', 'sex', 'birth', 'relation', 'address', 'place', 'household', 'status']
/** Short ones, of which half on the next line is read as two. */
const WHOLE: ReadonlySet<FieldId> = new Set<FieldId>(['name', 'sex', 'birth', 'household'])

interface Props {
  readonly finding: FindingView
}

/** `counted-dead` → Counted dead */
function titleOf(code: string): string {
  return code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ')
}

export function Finding({ finding }: Props) {
  return (
    <main class="task finding" data-finding={finding.findingId}>
      <Strip finding={finding} />
      <Doubts finding={finding} />
      <Meaning finding={finding} />
      <Rows records={finding.records} />
    </main>
  )
}

/** Where it is, how grave and how certain. */
function Strip({ finding }: Props) {
  const village = villageWord(finding.areaCode, finding.village)
  return (
    <p class="strip">
      <span class="place">
        <Place name={townshipWord(finding.areaCode)} />
        {village === '' ? null : <Place name={village} />}
      </span>
      <span class="why">
        <span class="tag">{say('severity', { n: finding.severity })}</span>
        <span class="tag">{sayCode('certainty', finding.certainty)}</span>
      </span>
    </p>
  )
}

/** What speaks against judging it now: a register that was not read, a verdict on what the rows said before. */
function Doubts({ finding: { lacking, stale } }: Props) {
  return (
    <>
      {lacking === undefined ? null : (
        <p class="stale" role="alert">
          {say('lacking', { n: lacking.map((register) => sayCode('register', register)).join('、') })}
        </p>
      )}
      {stale === undefined ? null : (
        <p class="stale" role="alert">
          <strong>{say('stale')}</strong> {say('staleWas')}: <s>{say(`finding.${stale.verdict}`)}</s>{' '}
          {stale.t.slice(0, 10)}
        </p>
      )}
    </>
  )
}

function Meaning({ finding }: Props) {
  const isEnglish = currentLanguage() === 'en'
  return (
    <section class="panel">
      <h2 class="finding-title">
        <span>
          {isEnglish ? `${titleOf(finding.code)} ` : ''}
          <span lang="zh-CN">{finding.zh}</span>
        </span>{' '}
        <code class="hint">
          {finding.code} · {finding.findingId}
        </code>
      </h2>
      <p class="finding-detail" lang="zh-CN">
        {finding.detail}
      </p>
      <dl class="finding-words">
        <dt>{say('findingMeans')}</dt>
        <dd>{isEnglish ? finding.meaning : finding.means}</dd>
        <dt>{say('findingAction')}</dt>
        <dd>{isEnglish ? finding.advice : finding.action}</dd>
      </dl>
    </section>
  )
}

function Rows({ records }: Pick<FindingView, 'records'>) {
  return (
    <section class="panel" aria-label={say('findingRecords')}>
      <h2>{say('findingRecords')}</h2>
      <Scroll label={say('findingRecords')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('register')}</th>
              {SHOWN.map((id) => (
                <th key={id} scope="col" class={WHOLE.has(id) ? 'whole' : undefined}>
                  {say(`field.${id}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {records.map((record) => (
              <tr key={record.key}>
                <th scope="row">
                  <RecordId recordKey={record.key} />
                </th>
                {SHOWN.map((id) => (
                  <td key={id} class={WHOLE.has(id) ? 'whole' : undefined}>
                    <Cell id={id} text={record.fields.find(([field]) => field === id)?.[1] ?? ''} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  )
}

function Cell({ id, text }: { readonly id: FieldId; readonly text: string }) {
  return (
    <>
      <span lang="zh-CN">{text}</span>
      <Gloss field={id} text={text} />
    </>
  )
}
