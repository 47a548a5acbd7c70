/** Both households aligned: the pair in question first, then who is open or alone, then who is linked already. */
import type { CandidateView, MemberView } from '../../api.ts'
import { say, sayCode } from '../words/index.ts'
import { Scroll } from './scroll.tsx'

const MARKS = { focal: '→', linked: '↔', open: '?', decided: '✓', alone: '–' } as const

interface Props {
  readonly candidate: CandidateView
  /** Members can be confirmed together here: those that can are marked. */
  readonly canConfirm: boolean
}

export function Household({ candidate, canConfirm }: Props) {
  const { household } = candidate
  if (household.isOne) return <OneHousehold candidate={candidate} />
  return (
    <section class="panel household" aria-label={say('household')}>
      <h2>
        {say('household')} <span class="hint">{say('householdLinked', { n: household.linked })}</span>
      </h2>
      <Scroll label={say('household')}>
        <table>
          <thead>
            <tr>
              <th scope="col">
                {say('household.title', {
                  name: sayCode('register', candidate.leftRegister),
                  n: household.leftMembers,
                })}
              </th>
              <th scope="col" class="member-state">
                {say('relation')}
              </th>
              <th scope="col">
                {say('household.title', {
                  name: sayCode('register', candidate.rightRegister),
                  n: household.rightMembers,
                })}
              </th>
            </tr>
          </thead>
          <tbody>
            {household.rows.map((row) => (
              <tr key={`${row.left?.key ?? ''} ${row.right?.key ?? ''}`} class={`member member-${row.state}`}>
                <td>
                  <Member member={row.left} />
                </td>
                <td class="member-state">
                  <span aria-hidden="true">{canConfirm && row.isTrivial === true ? '✓?' : MARKS[row.state]}</span>
                  <span class="member-word">
                    {say(canConfirm && row.isTrivial === true ? 'trivial' : `state.${row.state}`)}
                  </span>
                </td>
                <td>
                  <Member member={row.right} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  )
}

/** A row counted twice in its own household: the members in one column, the two rows in question marked. */
function OneHousehold({ candidate }: { readonly candidate: CandidateView }) {
  const { household } = candidate
  return (
    <section class="panel household" aria-label={say('household')}>
      <h2>
        {say('household')} <span class="hint">{say('oneHousehold', { n: household.leftMembers })}</span>
      </h2>
      <Scroll label={say('household')}>
        <table>
          <tbody>
            {household.rows.map((row) => (
              <tr key={row.left?.key ?? ''} class={`member member-${row.state}`}>
                <td>
                  <Member member={row.left} />
                </td>
                <td class="member-state">
                  {row.state === 'focal' ? (
                    <>
                      <span aria-hidden="true">{MARKS.focal}</span>
                      <span class="member-word">{say('state.focal')}</span>
                    </>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  )
}

function Member({ member }: { readonly member: MemberView | undefined }) {
  if (member === undefined) return <span class="none">{say('empty')}</span>
  return (
    <span class="person">
      <span class="person-name" lang="zh-CN">
        {member.name}
      </span>{' '}
      <span class="person-facts" lang="zh-CN">
        {[member.relation, member.sex].filter((part) => part !== '').join(' ')}{' '}
        <span class="person-birth">{member.birth}</span>
      </span>
    </span>
  )
}
