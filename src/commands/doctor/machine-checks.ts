/**
 * What a run needs of the machine, one check each, in both languages.
 *
 * In:  facts of the machine (machine-facts.ts gathers them), people of the county that is to be run. Out: for each check what
 *      was found and whether it is fine, worth knowing (a run works, something about it does not) or stops a run.
 * Leaves to doctor.ts: the order, the words around them, the exit status. Nothing here looks at the machine itself.
 */
import { countText } from '../../display-text.ts'
import { officeMinute } from '../../office-time.ts'
import type { VolumeEncryption } from '../../store/volume-encryption.ts'

export interface Check {
  readonly name: string
  readonly zh: string
  readonly state: 'fine' | 'warning' | 'failed'
  /** What was found, for a terminal. */
  readonly found: string
  /** What to do; absent where it is fine. */
  readonly advice?: string
}

/** Bytes, unless said otherwise; undefined where this system does not tell. */
export interface MachineFacts {
  /** As process.version gives it: v20.20.2. */
  readonly nodeVersion: string
  readonly memoryTotal: number
  /** What programs may still take, limits of a container included. */
  readonly memoryFree: number
  readonly diskFree: number | undefined
  readonly volume: VolumeEncryption
  /** Encodings that this build of Node cannot read. */
  readonly unreadable: readonly string[]
  /** Character set of the terminal, as LC_ALL, LC_CTYPE or LANG name it; undefined where none does. */
  readonly locale: string | undefined
  readonly isTerminal: boolean
  /** Chinese fonts of this machine; undefined where there is no list of fonts. */
  readonly chineseFonts: number | undefined
  readonly now: Date
}

/** Least Node, as package.json asks for it. */
const NODE_LEAST = [20, 19] as const
/** Rows of five registers to one person (bench/README.md: 1,741,928 rows of 850,000 people). */
const ROWS_A_PERSON = 2.05
/** Peak of a run: so much of any, and so much more a row (bench/history.md: 234, 357 and 983 MB for 100,460, 399,629 and 1,741,928 rows). */
const MEMORY_LEAST = 190e6
const MEMORY_A_ROW = 460
/** A run directory: 16.5 MB for 40,700 rows. */
const DISK_A_ROW = 410
/** No clock of a machine that runs this program is right before it was written. */
const WRITTEN = Date.parse('2026-11-01')

export function checkFacts(facts: MachineFacts, people: number): Check[] {
  return [
    checkNode(facts.nodeVersion),
    checkMemory(facts, people),
    checkDisk(facts.diskFree, people),
    checkEncryption(facts.volume),
    checkEncodings(facts.unreadable),
    checkTerminal(facts),
    checkFonts(facts.chineseFonts),
    checkClock(facts.now),
  ]
}

function checkNode(version: string): Check {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number)
  const isEnough = major > NODE_LEAST[0] || (major === NODE_LEAST[0] && minor >= NODE_LEAST[1])
  return {
    name: 'Node.js',
    zh: '运行环境',
    found: version,
    ...(isEnough
      ? { state: 'fine' }
      : {
          state: 'failed',
          advice: `请安装 Node.js ${NODE_LEAST.join('.')} 或更新版本 · install Node.js ${NODE_LEAST.join('.')} or later.`,
        }),
  }
}

function checkMemory({ memoryFree, memoryTotal }: MachineFacts, people: number): Check {
  const wanted = MEMORY_LEAST + people * ROWS_A_PERSON * MEMORY_A_ROW
  const enoughFor = Math.max(0, Math.floor((memoryFree - MEMORY_LEAST) / MEMORY_A_ROW / ROWS_A_PERSON))
  const found = `${bytes(memoryFree)} of ${bytes(memoryTotal)} free 可用`
  if (memoryFree >= wanted) return { name: 'memory', zh: '内存', state: 'fine', found }
  return {
    name: 'memory',
    zh: '内存',
    state: enoughFor === 0 ? 'failed' : 'warning',
    found,
    advice:
      `${countText(people)} 人约需 ${bytes(wanted)}，现约够 ${countText(enoughFor)} 人 · ${countText(people)} people take about ${bytes(wanted)}; ` +
      `there is room for about ${countText(enoughFor)}. 请关闭其他程序 · Close other programs.`,
  }
}

function checkDisk(free: number | undefined, people: number): Check {
  const wanted = people * ROWS_A_PERSON * DISK_A_ROW
  const named = { name: 'disk', zh: '磁盘' }
  if (free === undefined) return { ...named, state: 'warning', found: 'not known 未知', advice: LOOK_YOURSELF }
  const found = `${bytes(free)} free 可用`
  if (free >= wanted) return { ...named, state: 'fine', found }
  return {
    ...named,
    state: 'warning',
    found,
    advice:
      `${countText(people)} 人的结果目录约需 ${bytes(wanted)} · the run of ${countText(people)} people takes about ${bytes(wanted)}. ` +
      '请清理或换盘 · Free space, or choose another disk.',
  }
}

const LOOK_YOURSELF = '请自行查看剩余空间 · look yourself how much room there is.'

function checkEncryption({ state, by }: VolumeEncryption): Check {
  const named = { name: 'encryption at rest', zh: '静态加密' }
  if (state === 'encrypted') return { ...named, state: 'fine', found: by }
  return {
    ...named,
    state: 'warning',
    found: state === 'plain' ? `none 无 (${by})` : `not known 未知${by === '' ? '' : ` (${by})`}`,
    advice:
      '普查数据请放在加密卷上；--require-encrypted 可强制 · keep census data on an encrypted volume; --require-encrypted insists on it.',
  }
}

function checkEncodings(unreadable: readonly string[]): Check {
  const named = { name: 'encodings', zh: '编码' }
  if (unreadable.length === 0) return { ...named, state: 'fine', found: 'UTF-8, UTF-16, GB18030, Big5' }
  return {
    ...named,
    state: 'failed',
    found: `not readable 不能读 ${unreadable.join(', ')}`,
    advice:
      '此 Node.js 缺少完整 ICU，请换官方版本 · this Node.js was built without full ICU: install the official one.',
  }
}

function checkTerminal({ locale, isTerminal }: MachineFacts): Check {
  const named = { name: 'terminal', zh: '终端' }
  if (!isTerminal) return { ...named, state: 'fine', found: 'no terminal 非终端' }
  if (locale === undefined || /utf-?8/i.test(locale))
    return { ...named, state: 'fine', found: locale ?? 'character set not told 未说明字符集' }
  return {
    ...named,
    state: 'warning',
    found: locale,
    advice:
      '中文可能显示为乱码，文件不受影响；可设 LANG=C.UTF-8 · Chinese may be shown as other signs, files are right; set LANG=C.UTF-8.',
  }
}

function checkFonts(fonts: number | undefined): Check {
  const named = { name: 'Chinese fonts', zh: '中文字体' }
  if (fonts === undefined) return { ...named, state: 'fine', found: 'no list of fonts here 本机无字体清单' }
  if (fonts > 0) return { ...named, state: 'fine', found: `${fonts}` }
  return {
    ...named,
    state: 'warning',
    found: '0',
    advice:
      '仅影响在本机打开网页和表册：请装中文字体(如 fonts-noto-cjk) · only for pages and workbooks opened here: install one, such as fonts-noto-cjk.',
  }
}

function checkClock(now: Date): Check {
  const named = { name: 'clock', zh: '时钟', found: `${officeMinute(now.getTime())} +08:00` }
  if (now.getTime() >= WRITTEN) return { ...named, state: 'fine' }
  return {
    ...named,
    state: 'warning',
    advice: '时间不对，请先校时：裁决按本机时间记录 · set the clock first: decisions bear its time.',
  }
}

function bytes(n: number): string {
  return n >= 1e9 ? `${(n / 1e9).toFixed(1)} GB` : `${Math.round(n / 1e6)} MB`
}
