/** The body of a request: JSON of the shape that its route expects, or a refusal that says which of the two it is not. */
import type { z } from 'zod'
import { Refusal } from './refusal.ts'

export function parseBody<B extends z.ZodType>(shape: B, text: string): z.output<B> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Refusal(400, 'json')
  }
  const result = shape.safeParse(value)
  if (!result.success) throw new Refusal(400, 'body')
  return result.data
}
