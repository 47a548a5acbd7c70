/**
 * Writes bytes to a file through one large buffer: the bottom of every CSV output.
 *
 * In: ASCII words, byte ranges, texts, numbers. Out: CsvFile: a file, created new (mode 0600) and flushed to the disk on
 * close; what else becomes of CsvLines is told where it is done (slices.ts).
 * Lines of template strings cost three times as much as the same lines as bytes (bench/replacements). Cells follow
 * RFC 4180: quoted only where a comma, a quote or a line break asks for it; lines end with LF.
 */
import { closeSync, openSync, writeSync } from 'node:fs'
import { asksQuotesByte, needsQuotes, writeInteger } from '../../ids/cell-bytes.ts'
import { closeFlushing } from '../run-directory/flush.ts'

const BUFFER_BYTES = 1 << 21
/** A line is written without asking for room as long as it stays below this. */
const LINE_BYTES = 1 << 16

const COMMA = 44
const LF = 10

const encoder = new TextEncoder()
const asciiWords = new Map<string, Uint8Array>()

/** Lines of CSV as bytes; the heir decides where they go when the buffer is full. */
export abstract class CsvLines {
  /** Bytes not yet written lie in buffer[0, at). Hot loops write here themselves and set `at` at the end of a line. */
  readonly buffer = new Uint8Array(BUFFER_BYTES)
  at = 0

  /** Takes bytes for good. They lie in the buffer, which is written again afterwards, or are a text of their own. */
  protected abstract take(bytes: Uint8Array): void

  /** Call before each line: afterwards 64 KiB may be written. */
  room(bytes = LINE_BYTES): void {
    if (this.at + bytes > BUFFER_BYTES) this.flush()
  }

  byte(b: number): void {
    this.buffer[this.at++] = b
  }

  comma(): void {
    this.buffer[this.at++] = COMMA
  }

  endLine(): void {
    this.buffer[this.at++] = LF
  }

  /** A word of our own (register name, code): kept as bytes once met. */
  ascii(word: string): void {
    let bytes = asciiWords.get(word)
    if (bytes === undefined) {
      bytes = encoder.encode(word)
      asciiWords.set(word, bytes)
    }
    this.copy(bytes)
  }

  copy(bytes: Uint8Array): void {
    const { buffer } = this
    let { at } = this
    for (let k = 0; k < bytes.length; k++) buffer[at++] = bytes[k]
    this.at = at
  }

  /** Text of any length as one cell. */
  cell(text: string): void {
    this.room(text.length * 3 + LINE_BYTES)
    if (text.length * 3 + LINE_BYTES > BUFFER_BYTES) {
      this.flush()
      this.take(encoder.encode(needsQuotes(text) ? quoted(text) : text))
      return
    }
    const end = writePlainText(this.buffer, this.at, text)
    if (end >= 0) {
      this.at = end
      return
    }
    this.room(text.length * 6 + LINE_BYTES)
    this.at += encoder.encodeInto(needsQuotes(text) ? quoted(text) : text, this.buffer.subarray(this.at)).written
  }

  /** A whole number, minus sign where needed. */
  integer(value: number): void {
    this.at = writeInteger(this.buffer, this.at, value)
  }

  /** Gives away what lies in the buffer. */
  flush(): void {
    this.take(this.buffer.subarray(0, this.at))
    this.at = 0
  }
}

/** A new file. */
export class CsvFile extends CsvLines {
  private readonly fd: number
  private written = 0

  constructor(path: string, header: readonly string[]) {
    super()
    this.fd = openSync(path, 'wx', 0o600)
    this.ascii(headerLine(header))
  }

  /** Bytes given so far. */
  get bytes(): number {
    return this.written + this.at
  }

  close(): void {
    this.flush()
    closeFlushing(this.fd)
  }

  /** Closes the file without caring for what is in it: it will be thrown away. */
  abandon(): void {
    closeSync(this.fd)
  }

  protected take(bytes: Uint8Array): void {
    writeAll(this.fd, bytes)
    this.written += bytes.length
  }
}

export function headerLine(header: readonly string[]): string {
  return `${header.join(',')}\n`
}

/** @param position offset in the file; where the last write ended unless given */
export function writeAll(fd: number, bytes: Uint8Array, position?: number): void {
  let done = 0
  // A full disk may take a part of the bytes before it refuses the rest.
  while (done < bytes.length)
    done += writeSync(fd, bytes, done, bytes.length - done, position === undefined ? null : position + done)
}

/** Writes one file line by line and closes it whatever happens. Returns its size. */
export function writeCsv(path: string, header: readonly string[], lines: (file: CsvFile) => void): number {
  const file = new CsvFile(path, header)
  try {
    lines(file)
    file.close()
  } catch (error) {
    file.abandon()
    throw error
  }
  return file.bytes
}

/**
 * Text as UTF-8; returns the offset after it, or −1 for a text that wants quotes or holds a surrogate. A million short
 * sentences: the encoder makes a view and an answer for each, and their bytes were then read once more for the quotes.
 */
function writePlainText(buffer: Uint8Array, at: number, text: string): number {
  for (let k = 0; k < text.length; k++) {
    const unit = text.charCodeAt(k)
    if (unit < 0x80) {
      if (asksQuotesByte(unit)) return -1
      buffer[at++] = unit
    } else if (unit < 0x800) {
      buffer[at++] = 0xc0 | (unit >> 6)
      buffer[at++] = 0x80 | (unit & 63)
    } else {
      if ((unit & 0xf800) === 0xd800) return -1
      buffer[at++] = 0xe0 | (unit >> 12)
      buffer[at++] = 0x80 | ((unit >> 6) & 63)
      buffer[at++] = 0x80 | (unit & 63)
    }
  }
  return at
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

/** `thousandths` as a decimal with three places: -1234 → -1.234. */
export function writeThousandths(buffer: Uint8Array, at: number, thousandths: number): number {
  if (thousandths < 0) {
    buffer[at++] = 45
    thousandths = -thousandths
  }
  const whole = (thousandths / 1000) | 0
  at = writeInteger(buffer, at, whole)
  const rest = thousandths - whole * 1000
  buffer[at] = 46
  buffer[at + 1] = 48 + ((rest / 100) | 0)
  buffer[at + 2] = 48 + (((rest / 10) | 0) % 10)
  buffer[at + 3] = 48 + (rest % 10)
  return at + 4
}

/** Millionths in [0, 1000000] as a decimal with six places: 999999 → 0.999999. */
export function writeMillionths(buffer: Uint8Array, at: number, millionths: number): number {
  const whole = millionths >= 1_000_000 ? 1 : 0
  let rest = millionths - whole * 1_000_000
  buffer[at] = 48 + whole
  buffer[at + 1] = 46
  for (let k = at + 7; k > at + 1; k--) {
    const next = (rest / 10) | 0
    buffer[k] = 48 + (rest - next * 10)
    rest = next
  }
  return at + 8
}
