/** The value of an option that is a number; what is none is a usage error that quotes what was typed. */
import { InvalidArgumentError } from 'commander'

export function numberOption(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('A number is wanted.')
  return value
}
