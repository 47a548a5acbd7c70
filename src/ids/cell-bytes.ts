/** How an id or a whole number stands as bytes in a cell of CSV (RFC 4180). */

const COMMA = 44
const QUOTE = 34
const LF = 10
const CR = 13

/** Comma, quote, line feed, carriage return: bytes that a cell may hold only between quotes. */
export function asksQuotesByte(b: number): boolean {
  return b === COMMA || b === QUOTE || b === LF || b === CR
}

export function needsQuotes(text: string): boolean {
  for (let k = 0; k < text.length; k++) {
    const unit = text.charCodeAt(k)
    if (unit === QUOTE || unit === COMMA || unit === LF || unit === CR) return true
  }
  return false
}

/** Decimal digits of a 32-bit whole number; returns the offset after them. */
export function writeInteger(buffer: Uint8Array, at: number, value: number): number {
  if (value < 0) {
    buffer[at++] = 45
    value = -value
  }
  let digits = 1
  for (let limit = 10; value >= limit; limit *= 10) digits++
  for (let k = at + digits - 1; k >= at; k--) {
    const rest = (value / 10) | 0
    buffer[k] = 48 + (value - rest * 10)
    value = rest
  }
  return at + digits
}
