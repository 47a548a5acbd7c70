/** Where a row stands: its register, and its number there as findings.csv and the files themselves have it. */
import { sayCode } from '../words/index.ts'

/** @param recordKey `register:record id` */
export function RecordId({ recordKey }: { readonly recordKey: string }) {
  const colon = recordKey.indexOf(':')
  return (
    <>
      {sayCode('register', recordKey.slice(0, colon))} <code class="hint record-id">{recordKey.slice(colon + 1)}</code>
    </>
  )
}
