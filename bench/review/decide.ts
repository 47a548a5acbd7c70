/**
 * One reviewer's hand in a real browser: 1,000 verdicts on a queue of 100,000 pairs.
 *   npx tsx bench/review/decide.ts [decisions] [pairs]
 *
 * Keys are events made inside the page, one when the pair before is painted, so that the machine is measured and not the
 * person: `minDwellMs` is 0 for this run only. The hand reads the page: same name = 1, other name = 2; every fortieth
 * verdict is a slip that is undone and given again, every fiftieth has a reason (Shift+1, then a digit).
 * Checked before a figure is printed: each verdict given is in the log once, the standing verdict is the last one given,
 * the chain of hashes is whole, nothing is left unsaved, and no request went elsewhere.
 */
import { verifyAudit } from '../../src/review/decisions/index.ts'
import { launchBrowser, openTestDesk } from '../../tests/support/desk-browser.ts'

const [decisionsWanted = '1000', pairsWanted = '100000'] = process.argv.slice(2)
const wanted = Number(decisionsWanted)

interface Given {
  readonly pairId: string
  readonly verdict: 'same' | 'different'
}

interface Session {
  readonly given: readonly Given[]
  readonly latencies: readonly number[]
  readonly keys: number
  readonly ms: number
}

const BROWSER_SETTLES_MS = 3000

const desk = await openTestDesk({ pairs: Number(pairsWanted), minDwellMs: 0, pace: 1_000_000 })
const browser = await launchBrowser()
try {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })
  await context.addInitScript(FIRST_PAIR())
  const page = await context.newPage()
  const elsewhere: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(desk.address)) elsewhere.push(request.url())
  })
  // A desk is opened in a browser that runs already: the browser's own start is not part of the page's.
  await page.waitForTimeout(BROWSER_SETTLES_MS)
  await page.goto(desk.newLink())
  await page.waitForSelector('[data-pair]')
  const first = await page.evaluate<{ fcp: number; pair: number }>(`(async () => {
    while (window.firstPair === undefined) await new Promise((next) => setTimeout(next, 5))
    return { fcp: performance.getEntriesByName('first-contentful-paint')[0]?.startTime, pair: window.firstPair }
  })()`)
  const session = await page.evaluate<Session>(HAND(wanted))
  check(session, elsewhere)
  const sorted = [...session.latencies].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(1)
  process.stdout.write(
    [
      `decisions an hour          ${Math.round((session.given.length / session.ms) * 3_600_000).toLocaleString('en')}`,
      `key to next pair painted   p50 ${at(0.5)} ms · p95 ${at(0.95)} ms · p99 ${at(0.99)} ms`,
      `first contentful paint     ${first.fcp.toFixed(0)} ms`,
      `first pair decidable       ${first.pair.toFixed(0)} ms`,
      `keystrokes a decision      ${(session.keys / session.given.length).toFixed(3)} (slips and reasons included)`,
      `checked                    ${session.given.length} verdicts in the log once, chain whole, 0 requests elsewhere`,
      '',
    ].join('\n'),
  )
} finally {
  await browser.close()
  await desk.remove()
}

function check(session: Session, elsewhere: readonly string[]): void {
  const { database } = desk.desk.log
  const standing = desk.desk.judgements().map((one) => `${one.left}|${one.right} ${one.verdict}`)
  const known = new Set(standing)
  for (const { pairId, verdict } of session.given)
    if (!known.has(`${pairId} ${verdict}`)) throw new Error(`a verdict does not stand: ${pairId} ${verdict}`)
  const undone = database.prepare("SELECT count(*) FROM event WHERE ev = 'undo'").pluck().get() as number
  const decided = database.prepare("SELECT count(*) FROM event WHERE ev = 'decide'").pluck().get() as number
  if (decided - undone !== session.given.length)
    throw new Error(`${session.given.length} given, ${decided - undone} in the log`)
  if (new Set(session.given.map((one) => one.pairId)).size !== session.given.length)
    throw new Error('a pair came twice')
  if (!verifyAudit(database).isIntact) throw new Error('the chain is broken')
  if (elsewhere.length > 0) throw new Error(`requests elsewhere: ${elsewhere.length}`)
}

/** Notes when the first pair was painted, in ms from the start of the navigation. */
function FIRST_PAIR(): string {
  return `new MutationObserver((_, observer) => {
    if (document.querySelector('[data-pair]') === null) return
    observer.disconnect()
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => { window.firstPair = performance.now() }
      port2.postMessage(0)
    })
  }).observe(document, { childList: true, subtree: true })`
}

/** The hand: presses, waits until the next pair is painted, presses again. */
function HAND(count: number): string {
  return `(async () => {
    const given = [], latencies = []
    let keys = 0
    const pairShown = () => document.querySelector('[data-pair]')?.getAttribute('data-pair')
    const turn = () => new Promise((next) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = next; port2.postMessage(0) })
    const frame = () => new Promise((next) => requestAnimationFrame(next))
    const press = (code, shiftKey = false) => {
      keys++
      document.body.dispatchEvent(new KeyboardEvent('keydown', { code, shiftKey, bubbles: true, cancelable: true }))
    }
    const another = async (before) => {
      while (pairShown() === before || pairShown() === undefined) await frame()
      await turn()
    }
    const saved = async () => { while (document.querySelector('[data-unsaved="0"]') === null) await frame() }
    const start = performance.now()
    while (given.length < ${count}) {
      const pairId = pairShown()
      const isSame = document.querySelectorAll('.compare tbody tr')[1]?.classList.contains('row-same') === true
      const n = given.length + 1
      if (n % 40 === 0) {
        press(isSame ? 'Digit2' : 'Digit1')
        await another(pairId)
        const next = pairShown()
        press('Backspace')
        await another(next)
        while (pairShown() !== pairId) await frame()
      }
      const from = performance.now()
      if (isSame && n % 50 === 0) {
        press('Digit1', true)
        while (document.querySelector('dialog[open]') === null) await frame()
        press('Digit5')
      } else press(isSame ? 'Digit1' : 'Digit2')
      given.push({ pairId, verdict: isSame ? 'same' : 'different' })
      await another(pairId)
      latencies.push(performance.now() - from)
    }
    await saved()
    return { given, latencies, keys, ms: performance.now() - start }
  })()`
}
