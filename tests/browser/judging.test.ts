/** What a key means: verdicts, candidates, reasons, what was referred; and which presses mean nothing. */
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Person } from '../../src/review/server/desks/desk.ts'
import { decidePair } from '../../src/review/server/desks/pair-desk.ts'
import { moveToControl } from '../support/control-pairs.ts'
import {
  enterMode,
  focused,
  isAtCandidates,
  pageAtDesk,
  painted,
  press,
  saved,
  shown,
  test,
  walk,
} from '../support/desk-page.ts'
import { makeRunDatabase } from '../support/make-run-database.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const at = pageAtDesk()
const { open } = at

const decisions = () =>
  at.desk.desk.log.database.prepare("SELECT count(*) FROM event WHERE ev = 'decide'").pluck().get() as number

test('one key decides and brings the next pair; Backspace brings it back, again and again', async () => {
  const page = await open()
  const first = await shown(page)
  await press(page, 'Digit1')
  const second = await shown(page)
  await press(page, 'Numpad2')
  await saved(page)
  expect(decisions()).toBe(2)
  await press(page, 'Backspace')
  expect(await shown(page)).toBe(second)
  await press(page, 'Backspace')
  expect(await shown(page)).toBe(first)
  expect(at.desk.desk.judgements()).toEqual([])
  expect(at.problems).toEqual([])
})

test('candidates: 2 rejects one and shows the next of the same row, ↓ changes the candidate', async () => {
  const page = await open({ pairs: 200 })
  await walk(page, 60, 'Digit1', '1', isAtCandidates)
  const task = await page.getAttribute('[data-task]', 'data-task')
  const [first, second] = at.desk.desk.task(task!).pairs.map((pair) => pair.pairId)
  await page.keyboard.press('ArrowDown')
  await page.waitForSelector(`[data-pair="${second}"]`)
  await page.keyboard.press('ArrowUp')
  await page.waitForSelector(`[data-pair="${first}"]`)
  await press(page, 'Digit2')
  expect(await shown(page)).toBe(second)
  expect(await page.locator('.candidate-rejected').count()).toBe(1)
})

test('a pair names both records as the files do', async () => {
  const page = await open()
  const [{ left, right }] = at.desk.desk.task((await page.getAttribute('[data-task]', 'data-task'))!).pairs
  const shownIds = await page.locator('.compare .record-id').allInnerTexts()
  expect(shownIds.toSorted()).toEqual([left, right].map((key) => key.split(':')[1]).toSorted())
})

test('Shift+1 asks for a reason by a second digit', async () => {
  const page = await open()
  await page.keyboard.press('Shift+Digit1')
  await page.waitForSelector('dialog[open]')
  await press(page, 'Digit5')
  await saved(page)
  expect(at.desk.desk.log.database.prepare("SELECT reason FROM event WHERE ev = 'decide'").pluck().all()).toEqual(['5'])
})

test('the lead settles what was referred: a verdict, then a reason; 0 makes it a pair others are checked by', async () => {
  const page = await open()
  await press(page, 'Digit4')
  await press(page, 'Digit4')
  await saved(page)
  const referred = [...at.desk.desk.state.leadPool]
  await page.locator('.modes').getByRole('button', { name: '待裁定' }).click()
  await page.waitForSelector('.verdicts')
  for (const reason of ['Digit0', 'Digit2']) {
    await page.keyboard.press('Digit1')
    await page.waitForSelector('dialog[open]')
    await page.keyboard.press(reason)
    await page.waitForSelector('dialog', { state: 'detached' })
    await page.waitForSelector('.verdicts, .empty-title')
    await saved(page)
  }
  await page.waitForSelector('.empty-title')
  expect([...at.desk.desk.projection.gold]).toEqual([[referred[0], 'same']])
  for (const pairId of referred)
    expect(at.desk.desk.state.standing(pairId)).toMatchObject({ status: 'adjudicated', verdict: 'same' })
})

test('an input method and a held key decide nothing: 1,000 composed presses, a key held for a hundred repeats', async () => {
  const page = await open()
  await page.evaluate(`for (let i = 0; i < 1000; i++) {
    const code = ['Digit1', 'Digit2', 'Digit3', 'Space', 'Numpad1', 'Backspace'][i % 6]
    const init = { code, key: 'Process', bubbles: true, cancelable: true }
    document.body.dispatchEvent(new KeyboardEvent('keydown', i % 2 === 0 ? { ...init, isComposing: true } : { ...init, keyCode: 229 }))
  }`)
  await at.debug.send('Input.imeSetComposition', { text: '1', selectionStart: 1, selectionEnd: 1 })
  await at.debug.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    code: 'Digit1',
    key: 'Process',
    windowsVirtualKeyCode: 229,
  })
  const before = await shown(page)
  await page.waitForTimeout(100)
  expect(await shown(page)).toBe(before)
  expect(decisions()).toBe(0)
  for (let i = 0; i < 100; i++) await page.keyboard.down('Digit1')
  await page.keyboard.up('Digit1')
  await saved(page)
  expect(decisions()).toBe(1)
})

test('a key that comes before the next pair is painted, or within 250 ms of it, is no verdict on it', async () => {
  const page = await open({ minDwellMs: 250 })
  // The 250 ms count from the paint, which may come late: a press before their end would be waited for in vain.
  await painted(page)
  await page.waitForTimeout(350)
  // In the page itself: a round trip under load takes longer than the 250 ms in question.
  await page.evaluate(`(async () => {
    const pairShown = () => document.querySelector('[data-pair]')?.getAttribute('data-pair')
    const press = () => document.body.dispatchEvent(new KeyboardEvent('keydown', { code: 'Digit1', bubbles: true }))
    const before = pairShown()
    press()
    press()
    while (pairShown() === before) await new Promise((next) => setTimeout(next, 0))
    const seen = performance.now()
    press()
    for (let frame = 0; frame < 3; frame++) {
      await new Promise(requestAnimationFrame)
      // On a crowded machine a frame may take longer than the 250 ms in question.
      if (performance.now() - seen < 200) press()
    }
  })()`)
  await saved(page)
  expect(decisions()).toBe(1)
  await painted(page)
  await page.waitForTimeout(350)
  await press(page, 'Digit1')
  await saved(page)
  expect(decisions()).toBe(2)
})

test('typing in the note and the search is typing', async () => {
  const page = await open()
  const before = await shown(page)
  await page.keyboard.press('KeyN')
  await page.waitForSelector('textarea')
  await focused(page, '#note-text')
  await page.keyboard.type('1203 L')
  await page.keyboard.press('Control+Enter')
  await page.waitForSelector('dialog', { state: 'detached' })
  expect(await shown(page)).toBe(before)
  await press(page, 'Digit1')
  await saved(page)
  expect(at.desk.desk.log.database.prepare('SELECT text FROM note').pluck().all()).toEqual(['1203 L'])
  await page.keyboard.press('Slash')
  await page.waitForSelector('#search-text')
  await focused(page, '#search-text')
  await page.keyboard.type(at.desk.desk.run.record(at.desk.desk.run.pairs[3].right)!.raw.name)
  await page.keyboard.press('Enter')
  await page.waitForSelector('.found li')
  expect(decisions()).toBe(1)
})

test('a Chinese input method in the note and the search: digits and Enter that choose a word do nothing else', async () => {
  const page = await open()
  const before = await shown(page)
  const choose = async (letters: string, word: string) => {
    await at.debug.send('Input.imeSetComposition', {
      text: letters,
      selectionStart: letters.length,
      selectionEnd: letters.length,
    })
    for (const [code, modifiers] of [
      ['Digit1', 0],
      ['Enter', 0],
      ['Enter', 2],
    ] as const) {
      // As on macOS: the key by its name, and only `isComposing` tells.
      const key = { key: code === 'Enter' ? code : 'Process', code, modifiers, windowsVirtualKeyCode: 229 }
      await at.debug.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key })
      await at.debug.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
    }
    await at.debug.send('Input.insertText', { text: word })
  }
  await page.keyboard.press('KeyN')
  await focused(page, '#note-text')
  await choose('zhu', '住在外婆家')
  expect(await page.inputValue('#note-text')).toBe('住在外婆家')
  await page.keyboard.press('Control+Enter')
  await page.waitForSelector('dialog', { state: 'detached' })
  await page.keyboard.press('Slash')
  await focused(page, '#search-text')
  await choose('meiyou', '没有这人')
  expect(await page.inputValue('#search-text')).toBe('没有这人')
  // Nothing was looked up, for each look is written down.
  expect(await page.locator('dialog p').count()).toBe(0)
  await page.keyboard.press('Enter')
  await page.waitForSelector('dialog p')
  await page.keyboard.press('Escape')
  await page.waitForSelector('dialog', { state: 'detached' })
  expect(await shown(page)).toBe(before)
  expect(decisions()).toBe(0)
})

test('the lead signs the threshold that the control sample proposes, and takes it back', async () => {
  const home = temporaryFolder('sign')
  const { directory } = makeRunDatabase(join(home, 'run'), 300, { askedPerHousehold: 2 })
  moveToControl(join(directory, 'run.sqlite'))
  const page = await open({ directory })
  const { desk } = at.desk
  const li: Person = { name: 'li', role: 'reviewer', areas: [], hasPassword: false, sess: 's' }
  for (const [n, { pairId }] of desk.run.controlPairs.slice(0, 50).entries()) {
    const verdict = n < 30 ? 'same' : 'different'
    if (!desk.state.isOpen(desk.pair(pairId))) continue
    desk.leases.releaseAll('local')
    const { taskId } = desk.taskOf(pairId)
    decidePair(desk, li, 'pair', [], { ck: `browser-sign-${n}`, taskId, pairId, verdict, ms: 900 })
  }
  await enterMode(page, '进度')
  await page.getByRole('button', { name: /^签字采用/ }).click()
  await page.getByText('已签字').waitFor()
  expect(desk.projection.threshold).toMatchObject({ signed_by: 'local' })
  await page.getByRole('button', { name: '撤回签字' }).click()
  await page.getByRole('button', { name: /^签字采用/ }).waitFor()
  expect(desk.projection.threshold).toBeUndefined()
})

test('a finding judged while the desk is away does not come back on the screen, and today counts', async () => {
  const page = await open()
  await enterMode(page, '问题核实')
  const shownFinding = () => page.getAttribute('[data-finding]', 'data-finding')
  // As findings.csv and the lists call it.
  expect(await page.locator('.finding-title code').innerText()).toMatch(
    new RegExp(`^[a-z-]+ · ${await shownFinding()}$`),
  )
  const records = at.desk.desk.run.findingRecords((await shownFinding()) ?? '')
  expect(await page.locator('.finding tbody th').allInnerTexts()).toEqual(
    records.map(({ key }) => expect.stringMatching(new RegExp(`^\\p{Script=Han}+ ${key.split(':')[1]}$`, 'u'))),
  )
  const next = async () => {
    const before = await shownFinding()
    await page.keyboard.press('Digit1')
    await page.waitForSelector(`[data-finding]:not([data-finding=${JSON.stringify(before)}])`)
    return before
  }
  await page.route('**/api/findings/decide', (route) => route.abort())
  const judged = [await next(), await next(), await next()]
  await page.waitForSelector('[data-unsaved="3"]')
  await page.unroute('**/api/findings/decide')
  await saved(page)
  for (let i = 0; i < 4; i++) judged.push(await next())
  await saved(page)
  expect(new Set(judged).size).toBe(judged.length)
  expect(await page.locator('.tally-item dd').first().innerText()).toBe(String(judged.length))
})

test('a page loaded anew goes on in the same queue, Back leads to the one before', async () => {
  const page = await open()
  await enterMode(page, '问题核实')
  await page.reload()
  await page.waitForSelector('.modes [aria-current]:has-text("问题核实")')
  await enterMode(page, '进度')
  await page.goBack()
  await page.waitForSelector('.modes [aria-current]:has-text("问题核实")')
  await page.goBack()
  await page.waitForSelector('.modes [aria-current]:has-text("逐人核对")')
  expect(at.problems).toEqual([])
})

test('keys alone lead from the first pair to the last, and on to the next queue and back', async () => {
  const page = await open({ pairs: 12 })
  while ((await page.locator('.empty-title').count()) === 0) {
    await page.keyboard.press('Digit3')
    await page.waitForTimeout(20)
  }
  expect(await page.innerText('.tally')).not.toMatch(/小时|待估/)
  await page.keyboard.press(']')
  await page.waitForSelector('.modes [aria-current]:has-text("户对户")')
  await page.keyboard.press('[')
  await page.keyboard.press('[')
  await page.waitForSelector('.modes [aria-current]:has-text("日报")')
  await page.keyboard.press(']')
  await page.waitForSelector('.modes [aria-current]:has-text("逐人核对")')
})

test('what is said at the foot covers no key, in however many lines the keys stand', async () => {
  const page = await open()
  await page.getByRole('button', { name: 'English' }).click()
  await press(page, 'Digit3')
  await press(page, 'Backspace')
  await page.waitForSelector('.notice:not(:empty)')
  const boxes = await page.evaluate<number[]>(
    "[document.querySelector('.notice').getBoundingClientRect().bottom, document.querySelector('.actions').getBoundingClientRect().top, document.querySelector('.actions').getBoundingClientRect().height]",
  )
  // Two lines of keys: the place that was left for one would not do.
  expect(boxes[2]).toBeGreaterThan(62)
  expect(boxes[0]).toBeLessThanOrEqual(boxes[1])
})
