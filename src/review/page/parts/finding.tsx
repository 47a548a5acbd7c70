/** One finding: what is said, what it means, what is to be done, and the rows it rests on. */
import type { FieldId, FindingView } from '../../api.ts'
import { currentLanguage, say, sayCode } from '../words/index.ts'
import { townshipWord, villageWord } from '../words/places.ts'
import { Gloss } from './gloss.tsx'
import { Place } from './place.tsx'
import { Scroll } from './scroll.tsx'

const SHOWN: readonly FieldId[] = ['name', 'sex', 'birth', 'relation', 'address', 'place', 'household', 'status']

/** `counted-dead` → Counted dead */
function titleOf(code: string): string {
  return code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ')
}

export function Finding({ finding }: { readonly finding: FindingView }) {
  const isEnglish = currentLanguage() === 'en'
  const village = villageWord(finding.areaCode, finding.village)
  return (
    <main class="task finding" data-finding={finding.findingId}>
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
      {finding.lacking === undefined ? null : (
        <p class="stale" role="alert">
          {say('lacking', { n: finding.lacking.map((register) => sayCode('register', register)).join('、') })}
        </p>
      )}
      {finding.stale === undefined ? null : (
        <p class="stale" role="alert">
          <strong>{say('stale')}</strong> {say('staleWas')}: <s>{say(`finding.${finding.stale.verdict}`)}</s>{' '}
          {finding.stale.t.slice(0, 10)}
        </p>
      )}
      <section class="panel">
        <h2 class="finding-title">
          <span>
            {isEnglish ? `${titleOf(finding.code)} ` : ''}
            <span lang="zh-CN">{finding.zh}</span>
          </span>{' '}
          <code class="hint">{finding.code}</code>
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
      <section class="panel" aria-label={say('findingRecords')}>
        <h2>{say('findingRecords')}</h2>
        <Scroll label={say('findingRecords')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say('register')}</th>
                {SHOWN.map((id) => (
                  <th key={id} scope="col">
                    {say(`field.${id}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {finding.records.map((record) => (
                <tr key={record.key}>
                  <th scope="row">{sayCode('register', record.register)}</th>
                  {SHOWN.map((id) => (
                    <td key={id}>
                      <Cell id={id} text={record.fields.find(([field]) => field === id)?.[1] ?? ''} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </section>
    </main>
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
