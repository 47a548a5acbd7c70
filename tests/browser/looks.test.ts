/** How the page looks and who can use it: sizes, paper, access, keyboard, the two languages. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { enterMode, isAtCandidates, pageAtDesk, painted, press, saved, test, walk } from '../support/desk-page.ts'
import { makeRunDatabase } from '../support/make-run-database.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const at = pageAtDesk()
const { open } = at

test('1366 × 768 needs no scrolling for at least 95 of 100 tasks', async () => {
  const page = await open({ pairs: 150 })
  const fits = await walk<boolean>(
    page,
    100,
    'Digit1',
    "document.querySelector('.task').scrollHeight <= document.querySelector('.task').clientHeight",
  )
  expect(fits).toHaveLength(100)
  expect(fits.filter(Boolean).length).toBeGreaterThanOrEqual(95)
})

test('the report of the day is one A4 page with the anchor on it', async () => {
  const page = await open({ pairs: 700 })
  await press(page, 'Digit1')
  await page.getByRole('button', { name: '日报' }).click()
  await page.waitForSelector('.anchor')
  const { text } = at.desk.desk.log.anchor
  expect(await page.innerText('.anchor')).toContain(text)
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
  expect(await page.isVisible('.printed-by')).toBe(false)
  await page.emulateMedia({ media: 'print' })
  expect(await page.isVisible('.printed-by')).toBe(true)
  expect(await page.textContent('.printed-by')).toMatch(/^local · 20\d\d-\d\d-\d\d \d\d:\d\d$/)
})

test('a page with people on it prints a sentence that says where printing is, and nobody', async () => {
  const page = await open()
  const name = await page.innerText('.compare tbody tr:nth-child(2) td')
  await page.emulateMedia({ media: 'print' })
  const printed = await page.innerText('body')
  expect(printed).toContain('含个人信息的页面不能打印')
  expect(printed).not.toContain(name)
  await page.emulateMedia({ media: null })
  expect(await page.isVisible('.not-printed')).toBe(false)
})

test('the report of the day says what the files lack beside last night, by the name of the township, still on one page', async () => {
  const home = temporaryFolder('losses')
  const { directory } = makeRunDatabase(join(home, 'run'), 700)
  const database = new Database(join(directory, 'run.sqlite'))
  const losses = [1, 2, 3, 4, 5].map((n) => ({
    code: 'E141',
    register: 'census',
    township: `51302710${n}`,
    before: 9000 - n,
    now: 0,
  }))
  database.prepare("INSERT INTO run VALUES ('previous', ?)").run(JSON.stringify({ run: 'night-1', losses }))
  database.close()
  const page = await open({ directory })
  await page.getByRole('button', { name: '日报' }).click()
  await page.waitForSelector('[data-losses="5"]')
  const said = await page.innerText('[data-losses]')
  expect(said).toMatch(
    /与上一批次 night-1 的文件相比: 普查 李家镇 513027101 整个乡镇缺失\(8,999 行\) \[E141\] · .* · 另有 1 处/,
  )
  expect(said).toContain('不要下发')
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
  await page.getByRole('button', { name: '进度' }).click()
  await page.waitForSelector('main.lead [data-losses="5"]')
})

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Rules broken by what is shown now; in the dark only the contrast can be another one. */
async function violations(page: Page): Promise<readonly string[]> {
  // The page’s policy forbids injected scripts; the debugger is not bound by it.
  await at.debug.send('Runtime.evaluate', { expression: axe })
  const found: string[] = []
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    const only =
      scheme === 'light'
        ? "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']"
        : "['color-contrast']"
    const answer = await at.debug.send('Runtime.evaluate', {
      expression: `axe.run(document, { runOnly: ${only}, resultTypes: ['violations'] }).then((r) =>
        JSON.stringify(r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | '))))`,
      awaitPromise: true,
      returnByValue: true,
    })
    for (const violation of JSON.parse(String(answer.result.value)) as string[]) found.push(`${scheme} ${violation}`)
  }
  await page.emulateMedia({ colorScheme: 'light' })
  return found
}

test('axe-core finds no violation in any state, light or dark', async () => {
  const page = await open({ pairs: 300 })
  const found: Record<string, readonly string[]> = {}
  const look = async (state: string) => {
    const list = await violations(page)
    if (list.length > 0) found[state] = list
  }
  await painted(page)
  await page.keyboard.press('KeyE')
  await page.waitForSelector('tr.total')
  await look('weights')
  await walk(page, 60, 'Digit1', '1', isAtCandidates)
  await look('candidates')
  for (const [key, state] of [
    ['Shift+Slash', 'help'],
    ['KeyN', 'note'],
    ['Slash', 'search'],
    ['KeyH', 'history'],
    ['KeyF', 'filter'],
    ['Shift+Digit1', 'reason'],
  ]) {
    await page.keyboard.press(key)
    await page.waitForSelector('dialog[open]')
    await look(state)
    await page.keyboard.press('Escape')
    await page.waitForSelector('dialog', { state: 'detached' })
  }
  for (const mode of ['户对户', '重登', '问题核实', '批量确认', '进度', '日报']) {
    await enterMode(page, mode)
    await look(mode)
  }
  await page.keyboard.press('KeyL')
  await page.waitForSelector('.gate')
  await look('locked')
  expect(found).toEqual({})
}, 180_000)

test('everything can be reached and done by keyboard, and the focus is seen', async () => {
  const page = await open()
  const seen = new Set<string>()
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab')
    const focus = await page.evaluate<{ text: string; outline: string; isBody: boolean }>(`(() => {
      const one = document.activeElement
      return {
        text: one.innerText.trim().replaceAll(/\\s+/g, ' '),
        outline: getComputedStyle(one).outlineStyle,
        isBody: one === document.body,
      }
    })()`)
    if (focus.isBody) continue
    expect(focus.outline, focus.text).not.toBe('none')
    seen.add(focus.text)
  }
  for (const word of [
    '逐人核对',
    '户对户',
    '日报',
    'English',
    '? 帮助',
    '锁屏',
    '1 同一人',
    '0 暂缓',
    '← 撤销',
    'V 按住显示',
    '/ 查找',
  ])
    expect([...seen]).toContain(word)
})

test('1366 × 768 at 125 %: evidence stands beside the rows, and no number runs into the column beside it', async () => {
  const page = await open()
  await page.setViewportSize({ width: 1093, height: 614 })
  const overlaps = await page.evaluate<number>(`(() => {
    const right = (one) => one.getBoundingClientRect().right
    const cells = [...document.querySelectorAll('.compare tbody td:not(.sign)')]
    return cells.filter((cell) => [...cell.querySelectorAll('*')].some((one) => right(one) > right(cell) + 1)).length
  })()`)
  const beside = await page.evaluate<boolean>(
    `document.querySelector('.evidence').getBoundingClientRect().top < document.querySelector('.compare').getBoundingClientRect().bottom`,
  )
  expect([overlaps, beside]).toEqual([0, true])
})

test('time, verdict and name of the history stand apart', async () => {
  const page = await open()
  await press(page, 'Digit1')
  await saved(page)
  await page.keyboard.press('KeyH')
  await page.waitForSelector('.history li')
  const gap = await page.evaluate<number>(`(() => {
    const [time, verdict] = document.querySelector('.history li').children
    return verdict.getBoundingClientRect().left - time.getBoundingClientRect().right
  })()`)
  expect(gap).toBeGreaterThanOrEqual(6)
  await page.keyboard.press('Escape')
})

test('480 px: nothing leaves the screen, and no number its column', async () => {
  const page = await open({ pairs: 120, askedPerHousehold: 2 })
  await page.setViewportSize({ width: 480, height: 800 })
  const over: string[] = []
  for (const mode of ['户对户', '重登', '进度', '逐人核对']) {
    await enterMode(page, mode)
    const found = await page.evaluate<string[]>(`(() => {
      const right = (one) => one.getBoundingClientRect().right
      const outside = [...document.querySelectorAll('.top *, .compare *, .lead *')].filter(
        (one) => right(one) > 481 && one.closest('.scroll') === null)
      const cells = [...document.querySelectorAll('.compare tbody td:not(.sign)')]
      const across = cells.filter((cell) => [...cell.querySelectorAll('*')].some((one) => right(one) > right(cell) + 1))
      return [...outside, ...across].map((one) => one.className)
    })()`)
    for (const one of found) over.push(`${mode}: ${one}`)
  }
  expect(over).toEqual([])
})

test('neither language is wider than 1366 px, in any mode', async () => {
  const page = await open({ pairs: 120, askedPerHousehold: 2 })
  const wide: string[] = []
  for (const modes of [
    ['户对户', '重登', '问题核实', '批量确认', '进度', '日报', '逐人核对'],
    ['Households', 'Duplicates', 'Findings', 'Batches', 'Progress', 'Report', 'By person'],
  ]) {
    for (const mode of modes) {
      await enterMode(page, mode)
      const over = await page.evaluate<string[]>(`[...document.querySelectorAll('.desk *')]
        .filter((one) => one.getBoundingClientRect().right > 1366 && one.closest('.scroll') === null)
        .map((one) => one.className)`)
      for (const one of over) wide.push(`${mode}: ${one}`)
    }
    await page
      .getByRole('button', { name: 'English' })
      .or(page.getByRole('button', { name: '中文' }))
      .click()
  }
  expect(wide).toEqual([])
})

test('the top bar is one line at 1366 px in both languages, with everything a lead has in it', async () => {
  const page = await open({ pairs: 2400 })
  // What is referred makes a badge; a count of thousands and a time are the longest there are.
  await press(page, '4')
  for (let i = 0; i < 3; i++) await press(page, '2')
  await saved(page)
  await page.waitForSelector('.badge')
  for (const [language, other] of [
    ['zh-CN', 'English'],
    ['en', '中文'],
  ]) {
    await page.waitForSelector(`html[lang="${language}"]`)
    expect(await page.evaluate('document.querySelector(".top").getBoundingClientRect().height')).toBeLessThan(50)
    await page.getByRole('button', { name: other }).click()
  }
})

test('at 1000 px the tools stand at the right, and short cells of a finding in one line', async () => {
  const page = await open()
  await page.setViewportSize({ width: 1000, height: 800 })
  await page.getByRole('button', { name: '问题核实' }).click()
  await page.waitForSelector('[data-finding]')
  expect(await page.evaluate('document.querySelector(".tools").getBoundingClientRect().right')).toBeGreaterThan(970)
  for (const column of [3, 4])
    expect(
      await page.evaluate(`document.querySelector("tbody td:nth-child(${column}) > span").getClientRects().length`),
    ).toBe(1)
})

test('in English nothing Chinese is left but names, places and what clerks wrote', async () => {
  const page = await open()
  await page.getByRole('button', { name: 'English' }).click()
  await page.waitForSelector('html[lang="en"]')
  for (const selector of [
    '.top',
    '.strip',
    '.actions',
    '.compare thead',
    '.compare tbody th',
    '.evidence',
    '.household h2',
  ])
    for (const text of await page.locator(selector).allInnerTexts())
      expect(text.replace('中文', '')).not.toMatch(/[\u4e00-\u9fff]/)
  // The evidence is set in the face of the Chinese beside it, where a curved apostrophe is as wide as a character.
  for (const text of await page.locator('.evidence').allInnerTexts()) expect(text).not.toContain('’')
  await page.getByRole('button', { name: /^Findings/ }).click()
  await page.waitForSelector('[data-finding]')
  for (const words of await page.locator('.finding-words dd').allInnerTexts())
    expect(words).toMatch(/^[\w ,;:()?'-]+[\w ,;:()?.'-]*\.$/)
  expect(await page.locator('.finding-title').innerText()).toMatch(/^[A-Z][a-z ]+ \p{Script=Han}/u)
})

test('in English whatever is Chinese says so, to be read aloud as Chinese', async () => {
  const page = await open()
  await page.getByRole('button', { name: 'English' }).click()
  await page.waitForSelector('html[lang="en"]')
  const unsaid: string[] = []
  for (const mode of ['By person', 'Households', 'Findings']) {
    await enterMode(page, mode)
    unsaid.push(
      ...(await page.evaluate<string[]>(`(() => {
        const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
        const found = []
        while (walker.nextNode()) {
          const { data, parentElement } = walker.currentNode
          if (/\\p{Script=Han}/u.test(data) && parentElement.closest('[lang]').lang !== 'zh-CN') found.push(${'`${parentElement.className} ${data}`'})
        }
        return found
      })()`)),
    )
  }
  expect(unsaid).toEqual([])
})
