/**
 * Who may sit at the desk: accounts with a role, the areas they work in, and a scrypt password.
 *
 * In:  names and passwords. Out: accounts; a password is kept as salt and hash only. An account without a password can
 *      be used only while it is the only one: then the one-time code on the terminal is the proof.
 */
import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import type Database from 'better-sqlite3'
import { BiduiError, EXIT } from '../../errors.ts'
import { ROLES, type Role } from './event.ts'

export interface Account {
  readonly name: string
  readonly role: Role
  /** Area code prefixes; empty = the whole county. */
  readonly areas: readonly string[]
  readonly hasPassword: boolean
}

const PASSWORD_LENGTH_MIN = 10
const SCRYPT = { N: 1 << 15, r: 8, p: 1, maxmem: 64 << 20 }

interface AccountRow {
  readonly name: string
  readonly role: Role
  readonly areas: string
  readonly salt: Buffer | null
  readonly hash: Buffer | null
}

export function listAccounts(database: Database.Database): readonly Account[] {
  const rows = database.prepare('SELECT * FROM account ORDER BY name').all() as AccountRow[]
  return rows.map((row) => ({
    name: row.name,
    role: row.role,
    areas: row.areas === '' ? [] : row.areas.split(','),
    hasPassword: row.hash !== null,
  }))
}

export function saveAccount(
  database: Database.Database,
  account: {
    readonly name: string
    readonly role: Role
    readonly areas: readonly string[]
    readonly password?: string
  },
  created: string,
): void {
  if (!/^[\p{L}\p{N}_.-]{1,32}$/u.test(account.name))
    throw new BiduiError(
      'E401',
      EXIT.usage,
      '--user: 只用字母、数字、点和连字符，至多 32 个 · letters, digits, point and hyphen, at most 32.',
    )
  if (!ROLES.includes(account.role))
    throw new BiduiError('E401', EXIT.usage, `--role: 应为其中之一 · one of ${ROLES.join(', ')} is wanted.`)
  for (const area of account.areas)
    if (!/^\d{2,12}$/.test(area))
      throw new BiduiError('E401', EXIT.usage, '--areas: 应为 2 至 12 位区划代码 · area codes of 2 to 12 digits.')
  const { password } = account
  if (password !== undefined && Array.from(password).length < PASSWORD_LENGTH_MIN)
    throw new BiduiError(
      'E401',
      EXIT.usage,
      `密码至少 ${PASSWORD_LENGTH_MIN} 个字符 · a password has at least ${PASSWORD_LENGTH_MIN} characters.`,
    )
  const salt = password === undefined ? null : randomBytes(16)
  const hash = password === undefined || salt === null ? null : scryptSync(password.normalize('NFKC'), salt, 32, SCRYPT)
  database
    .prepare(
      `INSERT INTO account VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET role = excluded.role,
       areas = excluded.areas, salt = coalesce(excluded.salt, salt), hash = coalesce(excluded.hash, hash)`,
    )
    .run(account.name, account.role, account.areas.join(','), salt, hash, created)
}

/** Takes as long for a name that does not exist as for one that does. */
export function checkPassword(database: Database.Database, name: string, password: string): Account | undefined {
  const row = database.prepare('SELECT * FROM account WHERE name = ?').get(name) as AccountRow | undefined
  const given = scryptSync(password.normalize('NFKC'), row?.salt ?? Buffer.alloc(16), 32, SCRYPT)
  if (row === undefined || row.hash === null || !timingSafeEqual(given, row.hash)) return undefined
  return listAccounts(database).find((account) => account.name === name)
}
