/**
 * A folder that a test file makes for itself; it is removed when the file's tests are over.
 *
 * In:  what the folder is for, the beginning of its name. Out: its path; it is empty.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const made: string[] = []

// Registered before the hooks of the file that imports this, so it runs after them: their desks and databases are closed.
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
})

export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`))
  made.push(folder)
  return folder
}
