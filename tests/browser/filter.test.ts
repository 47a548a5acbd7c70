/** Looking at a part of a queue, in a real browser: by keys, with counts, kept by the address. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { enterMode, pageAtDesk, press, saved, test } from '../support/desk-page.ts'

const at = pageAtDesk()
const { open } = at

/** How many the line of the filter says are left. */
const passing = async (page: Page) => Number(await page.getAttribute('[data-passing]', 'data-passing'))

test('F, arrows and Enter show one kind of finding; a digit in the list is no verdict; reload and Back keep it', async () => {
  const page = await open({ pairs: 240 })
  await enterMode(page, '问题核实')
  const first = await page.getAttribute('[data-finding]', 'data-finding')
  await page.keyboard.press('KeyF')
  await page.waitForSelector('dialog[open] select')
  await page.keyboard.press('Digit1')
  // The first list has the focus.
  await page.keyboard.press('ArrowDown')
  const [, kind] = /^(.*) \((\d+)\)$/.exec((await page.locator('dialog option').allInnerTexts())[1]) ?? []
  await page.keyboard.press('Enter')
  await page.waitForSelector('.filter-bar [data-passing]')
  expect(at.desk.desk.projection.findings.size).toBe(0)
  expect(await page.innerText('.filter-bar')).toContain(kind)
  const before = await passing(page)
  expect(await page.innerText('.finding-title')).toContain(kind)
  await page.keyboard.press('Digit2')
  await saved(page)
  await page.waitForSelector(`[data-passing="${before - 1}"]`)
  await page.reload()
  await page.waitForSelector(`[data-passing="${before - 1}"]`)
  expect(await page.innerText('.finding-title')).toContain(kind)
  await page.getByRole('button', { name: '清除筛选' }).click()
  await page.waitForSelector('.filter-bar', { state: 'detached' })
  await page.waitForSelector('[data-finding]')
  await page.goBack()
  await page.waitForSelector(`[data-passing="${before - 1}"]`)
  await page.goBack()
  await page.waitForSelector('.filter-bar', { state: 'detached' })
  await page.waitForSelector('[data-finding]')
  expect(first).not.toBeNull()
  expect(at.problems).toEqual([])
})

test('a township of the pairs is worked to its end, and the empty page says that the rest is behind the filter', async () => {
  const page = await open({ pairs: 60 })
  await page.keyboard.press('KeyF')
  await page.waitForSelector('dialog[open] select')
  await page.selectOption('dialog select >> nth=1', { index: 1 })
  await page.keyboard.press('Escape')
  expect(await page.locator('.filter-bar').count()).toBe(0)
  await page.keyboard.press('KeyF')
  await page.waitForSelector('dialog[open] select')
  await page.selectOption('dialog select >> nth=1', { index: 1 })
  await page.getByRole('button', { name: '只看这些' }).click()
  await page.waitForSelector('.filter-bar [data-passing]')
  await page.waitForSelector('[data-pair]')
  // The name that the addresses of the township give, its code beside it.
  expect(await page.innerText('.filter-bar')).toMatch(/李家镇 101/)
  expect(await page.innerText('.strip .place')).toMatch(/^李家镇 101/)
  for (let left = await passing(page); left > 1; left--) await press(page, 'Digit1')
  while ((await page.locator('.empty-title').count()) === 0) {
    await page.keyboard.press('Digit2')
    await saved(page)
  }
  expect(await page.innerText('.empty-title')).toBe('筛选之内已没有待办')
  expect(await page.innerText('.filter-bar')).toMatch(/符合 0 条，共 [1-9]\d* 条/)
  await page.locator('.filter-bar').getByRole('button', { name: '清除筛选' }).click()
  await page.waitForSelector('[data-pair]')
  // Taken back, the verdict is there again whatever is looked at.
  await page.keyboard.press('Backspace')
  await page.waitForSelector('[data-pair]')
  expect(at.problems).toEqual([])
})
