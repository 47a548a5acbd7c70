/** What leaves the server and what stays in the browser: reveal, weights, unsaved verdicts, the lock, hostile names. */
import { expect } from 'vitest'
import { pageAtDesk, painted, press, saved, shown, test, walk } from '../support/desk-page.ts'

const at = pageAtDesk()
const { open } = at

const decisions = () =>
  at.desk.desk.log.database.prepare("SELECT count(*) FROM event WHERE ev = 'decide'").pluck().get() as number

test('V shows the whole numbers while it is held; key up takes them out of the page; both are written down first', async () => {
  const page = await open()
  const task = at.desk.desk.taskOf((await shown(page))!)
  const id = at.desk.desk.run.record(task.pairs[0].left)!.raw.id_number
  const text = () => page.evaluate<string>(`document.body.innerText.replaceAll(/\\s/g, '')`)
  expect(await text()).not.toContain(id)
  await page.keyboard.down('KeyV')
  await page.waitForSelector('[data-revealed="true"]')
  expect(await text()).toContain(id)
  expect(
    at.desk.desk.log.database.prepare("SELECT count(*) FROM event WHERE ev = 'reveal' AND level = 'L3'").pluck().get(),
  ).toBe(1)
  await page.keyboard.up('KeyV')
  await page.waitForSelector('[data-revealed="false"]')
  expect(await page.content()).not.toContain(id)
})

test('E shows weights that add up on the page, and is written down', async () => {
  const page = await open()
  expect(await page.locator('[data-weight]').count()).toBe(0)
  await painted(page)
  await page.keyboard.press('KeyE')
  await page.waitForSelector('tr.total')
  const shownWeights = await page.locator('[data-weight]').allInnerTexts()
  const milli = shownWeights.map((text) => Math.round(Number(text.replace('−', '-')) * 1000))
  const total = milli.pop()
  expect(milli.reduce((sum, weight) => sum + weight, 0)).toBe(total)
  expect(at.desk.desk.log.database.prepare("SELECT count(*) FROM event WHERE ev = 'weights'").pluck().get()).toBe(1)
})

test('without the desk the page says unsaved, stops at five, and saves all of them when it is back', async () => {
  const page = await open()
  await page.route('**/api/decide', (route) => route.abort())
  for (let i = 0; i < 3; i++) await press(page, 'Digit1')
  await page.waitForSelector('[data-unsaved="3"]')
  await page.waitForSelector('.notice.problem')
  expect(decisions()).toBe(0)
  await page.unroute('**/api/decide')
  await saved(page)
  expect(decisions()).toBe(3)
})

test('an answer that was lost on the way is asked for again and counts once', async () => {
  const page = await open()
  let lost = 0
  await page.route('**/api/decide', async (route) => {
    if (lost++ > 0) return route.continue()
    await route.fetch()
    return route.abort()
  })
  await press(page, 'Digit1')
  await saved(page)
  expect(lost).toBe(2)
  expect(decisions()).toBe(1)
})

test('L clears the page of every name; only the token is in the browser, no cookie, no request to elsewhere', async () => {
  const asked: string[] = []
  const page = await open({ users: [{ name: 'zhang', role: 'lead', password: 'a long password' }] })
  const note = (request: { url(): string }) => asked.push(request.url())
  page.on('request', note)
  await page.fill('#login-name', 'zhang')
  await page.fill('#login-password', 'a long password')
  await page.keyboard.press('Enter')
  await page.waitForSelector('[data-pair]')
  const name = at.desk.desk.run.record(at.desk.desk.taskOf((await shown(page))!).pairs[0].right)!.raw.name
  expect(await page.content()).toContain(name)
  expect(
    await page.evaluate('[location.href, Object.keys(sessionStorage), Object.keys(localStorage), document.cookie]'),
  ).toEqual([`${at.desk.address}/`, ['bidui-session'], [], ''])
  await page.keyboard.press('KeyL')
  await page.waitForSelector('.gate')
  expect(await page.content()).not.toContain(name)
  // Typed at once, without the mouse: the field has the focus.
  await page.keyboard.type('a long password')
  await page.keyboard.press('Enter')
  await page.waitForSelector('[data-pair]')
  page.off('request', note)
  expect(asked.length).toBeGreaterThan(3)
  expect(asked.filter((url) => !url.startsWith(at.desk.address))).toEqual([])
  expect(await page.context().cookies()).toEqual([])
})

const PIECES = [
  '<img src=x onerror=P>',
  '<svg onload=P>',
  '<script>P</script>',
  '"><iframe srcdoc="<script>P</script>">',
  "';P;//",
  '{{P}}',
  '${P}',
  'javascript:P',
  '<a href="javascript:P">王</a>',
  '</td></tr></table><b onclick=P>',
  '<math><mi xlink:href="data:x,<script>P</script>">',
  '&lt;img src=x onerror=P&gt;',
  '<style>@import"//x";</style>',
  '\u202e<b>P',
  '<details open ontoggle=P>',
  '<object data="data:text/html,P">',
  '<template><img onerror=P>',
  '<input autofocus onfocus=P>',
  '<meta http-equiv=refresh content="0;url=//x">',
  '<base href="//x">',
]

test('500 hostile names are rendered as text: no node, no script, no violation', async () => {
  const names = Array.from(
    { length: 540 },
    (_, n) => `${PIECES[n % PIECES.length].replaceAll('P', 'window.pwned=1')}${n}`,
  )
  const page = await open({ pairs: 260, names })
  const intruders =
    'script:not([src]), img, iframe, object, embed, math, template, base, style, details, [onerror], [onload], [onclick], [href^="javascript"], main a, main b, main input'
  const seen = await walk<{ readonly texts: readonly string[]; readonly elements: number }>(
    page,
    260,
    'Digit2',
    `({ texts: [...document.querySelectorAll('.compare tbody td, .person-name')].map((cell) => cell.textContent),
        elements: document.querySelectorAll('${intruders}').length })`,
  )
  expect(seen.filter((one) => one.elements > 0)).toEqual([])
  expect(await page.evaluate('[window.pwned, window.violations]')).toEqual([undefined, []])
  const shownNames = new Set(seen.flatMap((one) => one.texts))
  expect(names.filter((name) => shownNames.has(name)).length).toBeGreaterThanOrEqual(500)
  expect(at.problems).toEqual([])
}, 180_000)

test('without the desk every further verdict still says so; when the session is gone, how many wait for the new link', async () => {
  const page = await open()
  await page.route('**/api/decide', (route) => route.abort())
  for (let i = 0; i < 3; i++) {
    await press(page, 'Digit1')
    await page.waitForSelector(`[data-unsaved="${i + 1}"]`)
    if (i === 0) await page.waitForSelector('.notice.problem')
    expect(await page.locator('.notice.problem').count()).toBe(1)
  }
  await page.route('**/api/decide', (route) =>
    route.fulfill({ status: 401, contentType: 'application/json', body: '{"refused":"session"}' }),
  )
  await page.waitForSelector('.gate .problem')
  expect(await page.locator('.gate .problem').innerText()).toContain('还有 3 个判断没有保存')
  // A new link pasted over the same page opens the desk again.
  await page.unroute('**/api/decide')
  await page.goto(at.desk.newLink())
  await page.waitForSelector('[data-pair]')
  await saved(page)
  expect(decisions()).toBe(3)
})
