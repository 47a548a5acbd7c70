import { runInNewContext } from 'node:vm'
import { createHash } from 'node:crypto'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { chromium } from 'playwright-core'
import { describe, expect, test, vi } from 'vitest'
import { registerReport } from '../../../src/commands/report.ts'
import { REASONS } from '../../../src/linking/pair-decisions.ts'
import { reportPage } from '../../../src/report/page/page.ts'
import type { ReportData } from '../../../src/report/page/report-data.ts'
import { readReportData } from '../../../src/report/page/report-data.ts'
import type { Summary } from '../../../src/report/summary.ts'
import { invented, writeRun } from '../lists/make-run.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const scratch = temporaryFolder('bidui-report')
const SUMMARY: Summary = {
  schema: 1,
  reference_date: '2020-11-01',
  loaded_counties: ['513027'],
  registers: [
    { register: 'police', zh: '户籍', files: 1, rows: 1204, accepted: 1200, quarantined: 4 },
    { register: 'census', zh: '普查短表', files: 2, rows: 1500, accepted: 1500, quarantined: 0 },
  ],
  quarantine_by_code: { E201: 4 },
  links: {
    total: 1100,
    review: 12,
    by_registers: [{ left: 'police', right: 'census', link: 1100, review: 12 }],
    by_layer: { exact: 1000, statistical: 100 },
    review_by_reason: { ambiguous: 12 },
    weights: [
      [-3, 0, 4],
      [1, 3, 8],
      [20, 1097, 0],
    ],
  },
  people: { total: 1400, in_one_register: 300, by_registers: { police: 100, census: 200, 'police+census': 1100 } },
  findings: {
    total: 60,
    by_severity: { S1: 40, S3: 20 },
    by_code: [
      {
        code: 'missing-everywhere',
        zh: '漏登',
        severity: 'S1',
        lineage: 'cen',
        count: 40,
        certain: 30,
        probable: 6,
        review: 4,
      },
      {
        code: 'id-missing',
        zh: '号码缺失',
        severity: 'S3',
        lineage: 'cen',
        count: 20,
        certain: 20,
        probable: 0,
        review: 0,
      },
    ],
    by_area: [
      { area_code: '513027100', findings: 47, by_severity: { S1: 30, S3: 17 }, by_code: {} },
      { area_code: '513027101', findings: 13, by_severity: { S1: 10, S3: 3 }, by_code: {} },
      { area_code: '330226001', findings: 12, by_severity: { S1: 12 }, by_code: {} },
    ],
    not_made: [{ code: 'counted-dead', why: 'deaths not given' }],
  },
  balances: [
    { name: 'registered = present + away', zh: '登记人口 = 现住 + 外出', left: 1500, right: 1500, difference: 0 },
    { name: 'hukou', zh: '户籍人口', left: 1200, right: 1190, difference: 10 },
  ],
  warnings: [{ code: 'E121', file: 'census.csv', message: 'column <b>x</b> is unknown' }],
}

const DATA: ReportData = {
  summary: SUMMARY,
  purpose: '比对复查 <核查>',
  authorisation: '普查办〔2020〕7号',
  townshipNames: new Map([['513027100', '长滩镇']]),
  flows: [
    { from: '513027100', to: '513027101', away: 40, present: 44 },
    { from: '513027101', to: '513027100', away: 3, present: 12 },
  ],
  missing: [
    { from: 0, to: 4, male: 12, female: 3 },
    { from: 5, to: 9, male: 0, female: 15 },
  ],
  missingUnknown: 4,
  blocks: [{ block: '513027100001001', findings: 31 }],
  answers: {
    townships: [
      { township: '330226001', sent: 12, closed: 12, open: 0 },
      { township: '513027100', sent: 60, closed: 31, open: 14 },
      { township: '513027101', sent: 30, closed: 3, open: 12 },
    ],
    verdicts: [
      { verdict: '不属实', count: 43 },
      { verdict: '拒访', count: 3 },
    ],
  },
  thresholds: { link: 5600, review: -2300 },
}

describe('the page', () => {
  const page = reportPage(DATA)

  test('is the same bytes for the same counts, whatever was drawn before', () => expect(reportPage(DATA)).toBe(page))

  test('needs nothing from outside: no address, no style attribute, and a policy that names its script and style by hash', () => {
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(
      /https?:|url\(["']?[^#"')]|@import|\ssrc=|\shref=/,
    )
    expect(page).not.toMatch(/\sstyle=|\son\w+=/)
    const hash = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`
    const policy = /content="(default-src[^"]*)"/.exec(page)?.[1] ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain(hash(/<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '?'))
    expect(policy).toContain(hash(/<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '?'))
  })

  test('opens for printing what is folded on the screen', () => {
    const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(page) ?? []
    const folded = [{ open: false }, { open: false }]
    const hears = new Map<string, () => void>()
    const button = { addEventListener: () => undefined }
    const document = { documentElement: {}, getElementById: () => button, querySelectorAll: () => folded }
    runInNewContext(script, { document, addEventListener: (name: string, act: () => void) => hears.set(name, act) })
    hears.get('beforeprint')?.()
    expect(folded).toEqual([{ open: true }, { open: true }])
    hears.get('afterprint')?.()
    expect(folded).toEqual([{ open: false }, { open: false }])
  })

  test('says purpose, authorisation and that it is for the census office only, with what comes from outside escaped', () => {
    expect(page).toContain('用途：比对复查 &lt;核查&gt;　授权编号：普查办〔2020〕7号　仅供普查核查使用，不得对外提供')
    expect(page).toContain('column &lt;b&gt;x&lt;/b&gt; is unknown')
  })

  test('has every text in both languages', () => {
    const count = (name: string) => page.match(new RegExp(`class="${name}"`, 'g'))?.length
    expect(count('zh')).toBe(count('en'))
    expect(count('zh')).toBeGreaterThan(60)
  })

  test('says of each identity whether it holds', () => {
    expect(page).toContain('有 1 项等式不平')
    expect(page).toMatch(/<td class="n off">\+10<\/td>/)
  })

  test('hides a small cell of a township and what would give it away, and puts other counties in one line', () => {
    const rows =
      /各乡镇[\s\S]*?<\/table>/
        .exec(page)?.[0]
        .match(/<tr[\s\S]*?<\/tr>/g)
        ?.map((row) =>
          row
            .replaceAll(/<span class="en"[\s\S]*?<\/span>/g, '')
            .replaceAll(/<[^>]+>/g, ' ')
            .trim()
            .split(/\s+/),
        ) ?? []
    const row = (name: string) => rows.find((cells) => cells[0] === name) ?? []
    expect(row('513027101')).toContain('·')
    expect(row('513027101')).not.toContain('3')
    expect(row('长滩镇')).toContain('·')
    expect(rows.some((cells) => cells[0] === '330226001')).toBe(false)
    expect(row('本地区以外或不明')).toBeDefined()
  })

  test('says how far the field has come, small cells hidden', () => {
    const part = page.slice(page.indexOf('核查反馈'), page.indexOf('乡镇之间的流动'))
    expect(part).toContain('已下发 102 条，已答结 46 条（45%）')
    expect(part).toContain('不属实 43')
    expect(part).toContain('拒访 &lt;10')
    expect(part).toContain('本地区以外或不明')
    // Three closed in the small township; its neighbours must not give the three away.
    expect(part).not.toMatch(/>3</)
    expect(part.split('·').length).toBeGreaterThan(2)
    expect(reportPage({ ...DATA, answers: undefined })).not.toContain('核查反馈')
  })

  test('says in words why a pair waits, whatever the reason', () => {
    const review_by_reason = Object.fromEntries(REASONS.map((reason) => [reason, 1]))
    const words = reportPage({ ...DATA, summary: { ...SUMMARY, links: { ...SUMMARY.links, review_by_reason } } })
    for (const reason of REASONS) expect(words, reason).not.toMatch(new RegExp(`lang="zh-CN">${reason}<`))
    expect(words).toContain('同户证据不一致')
  })

  test('draws four charts in two languages, with small bands and flows as signs', () => {
    expect(page.match(/<figure>/g)).toHaveLength(4)
    expect(page.match(/<svg xmlns/g)).toHaveLength(8)
    expect(page).toContain('&lt;10')
    expect(page).toContain('同一人 ≥ 5.6')
  })

  test('leaves out what the run does not have, and numbers the rest', () => {
    const bare = reportPage({
      ...DATA,
      answers: undefined,
      flows: [],
      missing: [],
      blocks: [],
      summary: { ...SUMMARY, balances: [] },
    })
    expect(bare.match(/<h2><span class="zh" lang="zh-CN">(.)、/g)?.map((text) => text.at(-2))).toEqual(
      Array.from('一二三四五六'),
    )
  })

  const browser = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
    existsSync(path),
  )
  test.skipIf(browser === undefined && process.env['CI'] !== 'true')(
    'opens in a browser without a refused line, switches language, and fits A4',
    async () => {
      const path = join(scratch, 'page.html')
      writeFileSync(path, page)
      const chrome = await chromium.launch({
        executablePath: browser ?? '',
        args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
      })
      try {
        const tab = await chrome.newPage({ viewport: { width: 1024, height: 768 } })
        const complaints: string[] = []
        tab.on('console', (message) => complaints.push(message.text()))
        tab.on('request', (request) => request.url().startsWith('file:') || complaints.push(request.url()))
        await tab.goto(`file://${path}`)
        const heading = () => tab.locator('h1').innerText()
        expect(await heading()).toBe('户籍与普查登记比对报告')
        await tab.keyboard.press('Tab')
        await tab.keyboard.press('Enter')
        expect(await heading()).toBe('Register and census reconciliation')
        expect(await tab.locator('#language').getAttribute('aria-pressed')).toBe('true')
        // A telephone, in both languages.
        await tab.setViewportSize({ width: 390, height: 844 })
        expect(await tab.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
        await tab.keyboard.press('Enter')
        expect(await tab.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
        await tab.emulateMedia({ media: 'print' })
        await tab.setViewportSize({ width: 695, height: 1000 })
        expect(await tab.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(695)
        expect(complaints).toEqual([])
      } finally {
        await chrome.close()
      }
    },
    30_000,
  )
})

describe('of a run', () => {
  const made = invented({ townships: 2, blocksPerTownship: 2, findingsPerBlock: 40 })
  const run = writeRun(join(scratch, 'run'), made)
  writeFileSync(join(run, 'summary.json'), JSON.stringify(SUMMARY))

  test('the missing are counted by age at the reference time and sex, each person once', () => {
    const data = readReportData(run)
    const missing = made.findings.filter(({ code }) => code === 'missing-everywhere' || code === 'missing-at-residence')
    const total = data.missing.reduce((sum, { male, female }) => sum + male + female, data.missingUnknown)
    expect(total).toBe(missing.length)
    expect(data.blocks.every(({ findings }) => findings >= 10)).toBe(true)
    expect(data.purpose).toBe('人口普查比对复查')
  })

  test('names and numbers of people do not get into the page', () => {
    const page = reportPage(readReportData(run))
    for (const { raw } of made.records) {
      expect(page).not.toContain(raw['id_number'].slice(6))
      expect(page).not.toContain(raw['address'])
    }
  })

  test('the command writes one file readable by its owner, and refuses without purpose or run', async () => {
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    const program = new Command().exitOverride()
    registerReport(program)
    const out = join(scratch, 'out.html')
    await program.parseAsync(['node', 'bidui', 'report', run, '--out', out])
    expect(statSync(out).mode & 0o777).toBe(0o600)
    expect(written).toHaveBeenCalled()
    await expect(program.parseAsync(['node', 'bidui', 'report', scratch, '--out', out])).rejects.toThrow(
      /\[E101\].*summary\.json/,
    )
    await expect(program.parseAsync(['node', 'bidui', 'report', run, '--out', out, '--purpose', ' '])).rejects.toThrow(
      /--purpose/,
    )
    written.mockRestore()
  })
})
