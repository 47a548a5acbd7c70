/** ID numbers of the other county (GB 11643) and what typists and spreadsheets make of them. */
import type { Draw } from './draw.ts'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

export function withCheck(body: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += Number(body[i]) * WEIGHTS[i]
  return body + '10X98765432'[sum % 11]
}

export function drawNumber(draw: Draw, area: string, birth: string, isMale: boolean, taken: Set<string>): string {
  for (;;) {
    const sequence = draw.from(0, 498) * 2 + (isMale ? 1 : 0)
    const number = withCheck(area + birth + String(sequence).padStart(3, '0'))
    if (taken.has(number)) continue
    taken.add(number)
    return number
  }
}

/** One slip; `isOld` allows the 15-digit form. */
export function slipNumber(draw: Draw, number: string, isOld: boolean): string {
  const letters = Array.from(number)
  const at = draw.from(0, 17)
  switch (draw.weighed([44, 12, 4, 12, 5, 5, 6, isOld ? 8 : 0, 4])) {
    case 0:
      letters[at] = String((Number(letters[at] === 'X' ? 0 : letters[at]) + draw.from(1, 9)) % 10)
      return letters.join('')
    case 1:
    case 2: {
      const next = Math.min(17, at + (draw.chance(0.8) ? 1 : 2))
      ;[letters[at], letters[next]] = [letters[next], letters[at]]
      return letters.join('')
    }
    case 3:
      return draw.chance(0.5) ? `${number.slice(0, 15)}000` : `${number[0]}.${number.slice(1, 6)}E+17`
    case 4:
      return letters.filter((_, i) => i !== at).join('')
    case 5:
      return [...letters.slice(0, at), String(draw.from(0, 9)), ...letters.slice(at)].join('')
    case 6:
      return number.endsWith('X')
        ? draw.of([`${number.slice(0, 17)}x`, `${number.slice(0, 17)}*`, number.slice(0, 17)])
        : `'${number}`
    case 7:
      return number.slice(0, 6) + number.slice(8, 17)
    default: {
      const other = draw.from(6, 16)
      letters[at] = String(draw.from(0, 9))
      letters[other] = String(draw.from(0, 9))
      return letters.join('')
    }
  }
}
