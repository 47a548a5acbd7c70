/**
 * 校验列: proves that a returned row is one we sent, with the values we showed.
 *
 * In:  the list key (secret, stays with the run), the finding's id and the shown cells. Out: twelve characters.
 * An HMAC, never a bare hash: who holds only the list cannot make a valid value for another row.
 */
import { createHmac, randomBytes } from 'node:crypto'
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BiduiError, EXIT } from '../../errors.ts'
import { stagedBeside } from '../run-directory/staging.ts'
import { printableText } from '../workbook/cell-text.ts'

/** No letters that a person would confuse on paper (0/O, 1/I/L, U). */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 12

export function checkValue(key: Buffer, findingId: string, shown: readonly string[]): string {
  const text = ['bidui-list-1', findingId, ...shown.map(comparableCell)].join('\u001f')
  return digits(createHmac('sha256', key).update(text, 'utf8').digest())
}

/** Names a list by its content: the same list made twice is the same list. */
export function listNumber(key: Buffer, checks: readonly string[]): string {
  const text = ['bidui-list-number-1', ...[...checks].sort()].join('\u001f')
  return `L${digits(createHmac('sha256', key).update(text, 'utf8').digest()).slice(0, 9)}`
}

/** What spreadsheets do to a text cell without meaning to (line ends, blanks at its ends) is no tampering. */
export function comparableCell(text: string): string {
  return printableText(text).trim()
}

function digits(digest: Buffer): string {
  let text = ''
  for (let i = 0; i < LENGTH; i++) text += ALPHABET[digest.readUInt16BE(i * 2) % ALPHABET.length]
  return text
}

/** The key of a file. Sending makes it on first use, readable by its owner only; taking back needs the one there is. */
export function openListKey(path: string, use: 'send' | 'take-back'): Buffer {
  if (!existsSync(path)) {
    if (use === 'take-back')
      throw new BiduiError('E405', EXIT.noInput, `${path}: 找不到清单密钥 (no list key).`, {
        advice:
          '请给出发出清单的那个批次的密钥 · give the key of the run the lists were sent from: --key RUN/list.key.',
      })
    const key = randomBytes(32)
    try {
      writeWholeKey(path, `${key.toString('hex')}\n`)
    } catch (cause) {
      throw new BiduiError('E405', EXIT.cannotCreate, `${path}: 无法建立清单密钥 (cannot create the list key).`, {
        advice:
          '请让本账户可写该目录，或用 --key 指定别处的文件 · let this account write there, or name a file elsewhere with --key.',
        cause,
      })
    }
    return key
  }
  const text = readFileSync(path, 'utf8').trim()
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new BiduiError(
      'E405',
      EXIT.config,
      `${path}: 不是清单密钥 (not a list key: 64 hexadecimal digits are wanted).`,
    )
  return Buffer.from(text, 'hex')
}

/** Lists that are still in the townships come back to the run of that day: it takes them with the key that they were sent with. */
export function carryListKey(from: string, to: string): void {
  const [sentWith, kept] = [join(from, 'list.key'), join(to, 'list.key')]
  if (existsSync(sentWith) && !existsSync(kept))
    writeWholeKey(kept, `${openListKey(sentWith, 'take-back').toString('hex')}\n`)
}

/** Half a key would make every list of the run worthless: it has its name only when it is on the disk. */
function writeWholeKey(path: string, text: string): void {
  const staged = stagedBeside(path)
  try {
    writeFileSync(staged, text, { mode: 0o600, flag: 'wx', flush: true })
    linkSync(staged, path)
  } finally {
    rmSync(staged, { force: true })
  }
}
