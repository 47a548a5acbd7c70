/** What makes thousands of verdicts a day bearable: nothing moves under the hand, no room is wasted, every screen says what its keys do. */
import { expect } from 'vitest'
import { medianTime } from '../../src/review/queue/remaining.ts'
import { PATIENCE_MS } from '../support/desk-browser.ts'
import { enterMode, pageAtDesk, press, saved, test } from '../support/desk-page.ts'

const at = pageAtDesk()
const { open } = at

test('a long household takes the height that the window leaves, and no more', async () => {
  const page = await open()
  const heights: number[] = []
  for (const height of [768, 1080]) {
    await page.setViewportSize({ width: 1366, height })
    heights.push(
      Number.parseFloat(
        await page.evaluate<string>('getComputedStyle(document.querySelector(".household .scroll")).maxHeight'),
      ),
    )
  }
  expect(heights).toEqual([240, 240 + 1080 - 768])
})

test('the keys stand where they stood before the first verdict, in both languages', async () => {
  const page = await open()
  const top = () => page.evaluate<number>('document.querySelector(".actions").getBoundingClientRect().top')
  // At this width English keys fill the line but for the room of the last verdict.
  await page.setViewportSize({ width: 1500, height: 768 })
  for (const language of ['English', '中文']) {
    const before = await top()
    await press(page, 'Digit1')
    await saved(page)
    expect(await top(), language).toBe(before)
    await page.getByRole('button', { name: language }).click()
    await press(page, 'Backspace')
  }
})

test('two households, what speaks for a pair, its rows and all keys fit on 1366 × 768', async () => {
  const page = await open({ pairs: 60, askedPerHousehold: 3 })
  await enterMode(page, '户对户')
  await page.waitForSelector('.task-household[data-pair]')
  const [keys, hidden] = await page.evaluate<[number, number]>(`(() => {
    const task = document.querySelector('.task')
    return [document.querySelector('.actions').getBoundingClientRect().height, task.scrollHeight - task.clientHeight]
  })()`)
  expect(hidden).toBe(0)
  // One line of keys, with the one that confirms the household among them.
  expect(await page.locator('.key-confirm').count()).toBe(1)
  expect(keys).toBeLessThan(60)
})

test.each([
  [1280, 720, '户对户'],
  [911, 512, '逐人核对'],
  [853, 480, '逐人核对'],
] as const)('%i × %i: the keys of %s stand in one row, the last verdict beside them', async (width, height, mode) => {
  const page = await open({ pairs: 60, askedPerHousehold: 2 })
  await press(page, 'Digit1')
  await page.setViewportSize({ width, height })
  await enterMode(page, mode)
  await page.waitForSelector('[data-pair]')
  expect(await page.locator('.last').innerText()).toContain('上一条')
  const [keys, wide] = await page.evaluate<[number, number]>(
    '[document.querySelector(".actions").getBoundingClientRect().height, document.documentElement.scrollWidth]',
  )
  expect(keys).toBeLessThan(60)
  expect(wide).toBe(width)
})

test('an empty queue offers no verdict, and a digit there is none', async () => {
  const page = await open()
  expect(await page.locator('.verdict-keys').count()).toBe(1)
  await enterMode(page, '待裁定')
  await page.waitForSelector('.empty-title')
  expect(await page.locator('.verdict-keys').count()).toBe(0)
  await page.keyboard.press('Digit1')
  await saved(page)
  expect(at.desk.desk.projection.person('local').batches).toEqual([])
})

test('what is left and how long it takes are told of the queue that is open, not of all pairs', async () => {
  const page = await open({ pairs: 300 })
  for (let i = 0; i < 6; i++) await press(page, 'Digit1')
  await saved(page)
  const left = async () => Number((await page.innerText('.tally-item:nth-child(2) dd')).replaceAll(',', ''))
  const all = await left()
  await enterMode(page, '重登')
  await page.waitForSelector('[data-pair]')
  const { tasks, openTasks } = at.desk.desk.state
  const duplicates = tasks.filter((task, number) => task.mode === 'duplicate' && openTasks[number] === 1).length
  await page.waitForSelector(`.tally-item:nth-child(2) dd:text-is("${duplicates}")`)
  expect(duplicates).toBeLessThan(all)
  // At the pace of this machine: a crowded one takes longer over the six.
  const pace = medianTime(at.desk.desk.projection.person('local').recentMs)!
  const minutes = Math.max(1, Math.round((duplicates * pace) / 60_000))
  expect(await page.innerText('.tally .quiet dd')).toBe(`约 ${minutes} 分钟`)
})

test('beside the code of a hukou place stands the name of its township', async () => {
  const page = await open({ pairs: 700 })
  const cells = page.locator('.compare tr:has(th:has-text("户籍地")) td:not(.sign)')
  const texts = await cells.allInnerTexts()
  const { townshipNames } = at.desk.desk.run
  const [code] = /\d{12}/.exec(texts.join(' ')) ?? []
  const name = townshipNames.get(code!.slice(0, 9))!
  expect(texts.join(' ')).toContain(`${code} ${name}`)
})

test('a browser that is not Chinese is answered in English', async () => {
  const page = await open()
  const context = await page.context().browser()!.newContext({ locale: 'en-US' })
  context.setDefaultTimeout(PATIENCE_MS)
  const english = await context.newPage()
  await english.goto(at.desk.newLink())
  await english.waitForSelector('html[lang="en"]')
  expect(await english.innerText('.brand')).toBe('Review desk')
  await context.close()
})

test('where the first frame is late the first pair is shown, and what is typed into a dialog is taken', async () => {
  const first = await open()
  const context = await first.context().browser()!.newContext({ locale: 'en-US' })
  context.setDefaultTimeout(PATIENCE_MS)
  // No frame comes, nor what waits a tenth of a second for one: a machine that has other things to do.
  await context.addInitScript(`
    window.requestAnimationFrame = () => 0
    const { setTimeout } = window
    window.setTimeout = (work, ms, ...rest) => (ms <= 100 ? 0 : setTimeout(work, ms, ...rest))`)
  const page = await context.newPage()
  await page.goto(at.desk.newLink())
  await page.waitForSelector('html[lang="en"] [data-task]', { state: 'attached' })
  await page.keyboard.press('KeyN')
  await page.waitForSelector('#note-text:focus', { state: 'attached' })
  await context.close()
})

test('help says what the digits of the open queue mean', async () => {
  const page = await open()
  const help = async () => {
    await page.keyboard.press('Shift+Slash')
    const text = await page.innerText('dialog')
    await page.keyboard.press('Escape')
    await page.waitForSelector('dialog', { state: 'detached' })
    return text
  }
  expect(await help()).toContain('同一人并选理由')
  await enterMode(page, '问题核实')
  await page.waitForSelector('[data-finding]')
  const ofFindings = await help()
  expect(ofFindings).toMatch(/4 5 6\s*已补登、已删除、已更正\s*7\s*无法核实/)
  expect(ofFindings).not.toContain('换候选')
})

test('the history says of a finding what the key said that was pressed', async () => {
  const page = await open()
  await press(page, 'Digit3')
  await saved(page)
  await enterMode(page, '问题核实')
  await page.waitForSelector('[data-finding]')
  const finding = await page.getAttribute('[data-finding]', 'data-finding')
  await page.keyboard.press('Digit3')
  await page.waitForSelector(`[data-finding]:not([data-finding=${JSON.stringify(finding)}])`)
  await saved(page)
  await page.keyboard.press('KeyH')
  await page.waitForSelector('.history li')
  expect(await page.locator('.history strong').allInnerTexts()).toEqual(['待入户', '入户核查'])
  await page.keyboard.press('Escape')
})

test('rows that were looked up bear their record numbers; the id of a finding leads to its rows', async () => {
  const page = await open()
  await enterMode(page, '问题核实')
  await page.waitForSelector('[data-finding]')
  const finding = (await page.getAttribute('[data-finding]', 'data-finding'))!
  await page.keyboard.press('Slash')
  await page.waitForSelector('#search-text')
  await page.fill('#search-text', finding)
  await page.keyboard.press('Enter')
  await page.waitForSelector('.found li')
  expect(await page.locator('.found .record-id').allInnerTexts()).toEqual(
    at.desk.desk.run.findingRecords(finding).map((record) => record.key.split(':')[1]),
  )
  await page.keyboard.press('Escape')
})

test('the report of the day is printed without scrolling for the button', async () => {
  const page = await open()
  await page.getByRole('button', { name: '日报' }).click()
  await page.waitForSelector('.anchor')
  const bottom = await page.evaluate<number>('document.querySelector(".print-button").getBoundingClientRect().bottom')
  expect(bottom).toBeLessThan(768)
})

test('on the progress page the error rates stand under the townships, where there is room', async () => {
  const page = await open({ pairs: 300 })
  await page.getByRole('button', { name: '进度' }).click()
  await page.waitForSelector('.lead .columns')
  const [townships, rates] = await page.evaluate<{ left: number; top: number }[]>(
    `['各乡镇', '误差率估计'].map((label) => {
      const { left, top } = document.querySelector('.lead [aria-label="' + label + '"]').getBoundingClientRect()
      return { left, top }
    })`,
  )
  expect(rates.left).toBe(townships.left)
  expect(rates.top).toBeGreaterThan(townships.top)
})
