/**
 * LibreOffice, as a clerk has it: opens a file and saves it as XLSX.
 *
 * Without it the tests of workbooks cannot run: left out, and a failure where CI=true.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { test } from 'vitest'

const office = ['/usr/bin/soffice', '/usr/local/bin/soffice'].find((path) => existsSync(path))

export const officeTest = test.skipIf(office === undefined && process.env.CI !== 'true')

/** The first start makes a profile and takes half a minute on a crowded machine; an office that hangs is given up. */
const PATIENCE_MS = 300_000

/** For a test that opens one or two files. */
export const OFFICE_TEST_MS = 2 * PATIENCE_MS + 60_000

/** @param filter how the file is to be read, where its name does not say it */
export function savedByOffice(source: string, filter: readonly string[] = []): Uint8Array {
  if (office === undefined) throw new Error('no LibreOffice was found: apt-get install libreoffice-calc-nogui')
  const saved = join(dirname(source), 'saved')
  const profile = `-env:UserInstallation=file://${join(dirname(source), 'profile')}`
  execFileSync(
    office,
    ['--headless', '--norestore', profile, ...filter, '--convert-to', 'xlsx', '--outdir', saved, source],
    { stdio: 'ignore', timeout: PATIENCE_MS },
  )
  return readFileSync(join(saved, `${basename(source, extname(source))}.xlsx`))
}
