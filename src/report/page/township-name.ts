/** A township on the page: its name where addresses give one, its code beside it. */
import { type Html, html } from './bilingual.ts'

/** @param code nine digits */
export function townshipName(code: string, names: ReadonlyMap<string, string>): Html {
  const name = names.get(code)
  return name === undefined ? html`${code}` : html`${name} ${code}`
}
