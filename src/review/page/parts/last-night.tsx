/** What the files of this run lack beside those of the run before: on the report of the day, and while there is something. */
import type { Overview } from '../../server/desks/lead-desk.ts'
import { countText } from '../model/amounts.ts'
import { say, sayCode } from '../words/index.ts'
import { townshipTitle } from '../words/places.ts'

/** The report is one sheet of paper. */
const SHOWN = 4

export function LastNight({ overview }: { readonly overview: Overview }) {
  const { lastNight } = overview
  if (lastNight === undefined) return <p class="sheet-line">{say('lastNightNone')}</p>
  const { run, losses } = lastNight
  const said = losses.slice(0, SHOWN).map(({ code, register, township, before, now }) => {
    const place = township === '' ? '' : ` ${townshipTitle(township)}`
    const what = say(`loss.${code}`, { before: countText(before), now: countText(now) })
    return `${sayCode('register', register)}${place} ${what} [${code}]`
  })
  if (losses.length > SHOWN) said.push(say('lossMore', { n: losses.length - SHOWN }))
  return (
    <p class={losses.length === 0 ? 'sheet-line' : 'sheet-line losses'} data-losses={losses.length}>
      {say('lastNight', { run })}: {losses.length === 0 ? say('lastNightWhole') : said.join(' · ')}
      {losses.length === 0 ? null : <strong> {say('lossHint')}</strong>}
    </p>
  )
}
