/**
 * Resident ID numbers: area, birth date, sequence (odd for men), check digit (GB 11643-1999).
 *
 * In:  area code, birth date, sex. Out: a number with a right check digit that no other person of
 *      this world holds. Area codes are retired or were never issued, so nobody real holds it either.
 */

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const CHECKS = '10X98765432'

export function checkDigit(first17: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += (first17.charCodeAt(i) - 48) * (WEIGHTS[i] as number)
  return CHECKS[sum % 11] as string
}

export class NumberOffice {
  private readonly given = new Map<number, number>()
  private readonly bytes = Buffer.alloc(18)

  /** The next free number; twins who come one after the other get neighbouring sequences. */
  issue(area: string, birth: number, sex: 1 | 2): string {
    const key = Number(area) * 100000000 + birth
    const count = this.given.get(key) ?? 0
    this.given.set(key, count + 1)
    // Start somewhere that depends on area and day, and walk through all 999 sequences of that sex's parity.
    const start = (birth * 31 + Number(area) * 7) % 400
    let sequence = ((start + count * 2) % 998) + 1
    if (sequence % 2 !== (sex === 1 ? 1 : 0)) sequence += sequence === 999 ? -1 : 1
    const first17 = area + String(birth) + String(sequence).padStart(3, '0')
    // Through bytes, so that the number is one flat string and not a chain of its parts.
    this.bytes.write(first17 + checkDigit(first17), 'latin1')
    return this.bytes.toString('latin1', 0, 18)
  }
}
