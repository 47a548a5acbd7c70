/**
 * The log of decisions: one writer, append-only, durable before `append` returns.
 *
 * In:  event drafts. Out: the events with number, time and hash, once SQLite has synced them (WAL, synchronous=FULL).
 * A checkpoint (count, head) is signed every 1,000 events and at closing. The same client key is answered with the
 * events it made the first time. The only file here that writes SQL; what the events mean is projection.ts.
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { officeTime } from '../../office-time.ts'
import { BiduiError, EXIT } from '../../errors.ts'
import {
  anchorText,
  canonicalRow,
  type DecisionEvent,
  EVENT_FIELDS,
  type EventDraft,
  type EventKind,
  GENESIS,
  hashEvent,
} from './event.ts'
import { fileAt } from './file-at.ts'
import { openDecisions } from './open-decisions.ts'
import { DECISIONS_SCHEMA, DECISIONS_SCHEMA_VERSION, EVENT_COLUMNS } from './schema.ts'

export const CHECKPOINT_EVERY = 1000

export class DecisionLog {
  readonly database: Database.Database
  private readonly lock: Database.Database
  private readonly privateKey: KeyObject
  private readonly insertEvent: Database.Statement
  private readonly insertCheckpoint: Database.Statement
  private readonly insertNote: Database.Statement
  private readonly byClientKey: Database.Statement
  private readonly byBatch: Database.Statement
  private readonly clock: () => number
  /** The file itself, whatever lies under its name later. */
  private readonly file: string
  private count: number
  private head: Buffer
  private lastTime: string
  private lastCheckpoint: number

  private constructor(
    database: Database.Database,
    lock: Database.Database,
    privateKey: KeyObject,
    clock: () => number,
  ) {
    this.database = database
    this.lock = lock
    this.privateKey = privateKey
    this.clock = clock
    this.file = fileAt(database.name)
    this.insertEvent = database.prepare(
      `INSERT INTO event (${EVENT_COLUMNS}, prev, h) VALUES (${'?, '.repeat(EVENT_FIELDS.length)}?, ?)`,
    )
    this.insertCheckpoint = database.prepare('INSERT INTO checkpoint VALUES (?, ?, ?, ?)')
    this.insertNote = database.prepare('INSERT OR IGNORE INTO note VALUES (?, ?)')
    this.byClientKey = database.prepare(`SELECT ${EVENT_COLUMNS} FROM event WHERE ck = ? ORDER BY seq`).raw()
    this.byBatch = database.prepare(`SELECT ${EVENT_COLUMNS} FROM event WHERE batch = ? ORDER BY seq`).raw()
    const last = database.prepare('SELECT seq, t, h FROM event ORDER BY seq DESC LIMIT 1').get() as
      | { seq: number; t: string; h: Buffer }
      | undefined
    this.count = last?.seq ?? 0
    this.head = last?.h ?? GENESIS
    this.lastTime = last?.t ?? ''
    const checkpoint = database.prepare('SELECT max(count) AS count FROM checkpoint').get() as { count: number | null }
    this.lastCheckpoint = checkpoint.count ?? 0
  }

  /** Opens or makes the log. The folder is readable by its owner only, as are the database and the signing key. */
  static open(path: string, clock: () => number = Date.now): DecisionLog {
    const folder = dirname(path)
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 })
    const lock = takeWriterLock(`${path}.lock`)
    let database: Database.Database | undefined
    try {
      if (!existsSync(path)) writeFileSync(path, '', { mode: 0o600, flag: 'wx' })
      // Another kind of file is refused before anything is written to it.
      if (!isUnborn(path)) openDecisions(path).close()
      database = new Database(path)
      database.pragma('journal_mode = WAL')
      database.pragma('synchronous = FULL')
      if (database.pragma('user_version', { simple: true }) === 0) {
        database.exec('BEGIN IMMEDIATE')
        database.exec(DECISIONS_SCHEMA)
        database.pragma(`user_version = ${DECISIONS_SCHEMA_VERSION}`)
        database.exec('COMMIT')
      }
      for (const suffix of ['', '-wal', '-shm']) if (existsSync(path + suffix)) chmodSync(path + suffix, 0o600)
      return new DecisionLog(database, lock, openSigningKey(`${path}.key`, database), clock)
    } catch (error) {
      database?.close()
      lock.close()
      throw error
    }
  }

  get anchor(): { readonly count: number; readonly head: string; readonly text: string } {
    return { count: this.count, head: this.head.toString('hex'), text: anchorText(this.count, this.head) }
  }

  /** Of the last event, ''. An event never bears an earlier time than the one before it, whatever the clock says. */
  get lastEventTime(): string {
    return this.lastTime
  }

  /** Appends all or nothing, durably. A client key seen before appends nothing and returns what it made then. */
  append(drafts: readonly EventDraft[], note?: string): readonly DecisionEvent[] {
    const key = drafts.find((draft) => draft.ck !== undefined)?.ck
    if (key !== undefined) {
      const earlier = this.eventsOfClientKey(key)
      if (earlier.length > 0) return earlier
    }
    this.refuseIfGone()
    const events: DecisionEvent[] = []
    let { count, head, lastTime, lastCheckpoint } = this
    const now = officeTime(this.clock())
    if (now > lastTime) lastTime = now
    this.database.exec('BEGIN IMMEDIATE')
    try {
      for (const draft of drafts) {
        const event: DecisionEvent = { ...draft, seq: ++count, t: lastTime }
        const values = EVENT_FIELDS.map((field) => event[field] ?? null)
        const h = hashEvent(head, canonicalRow(values))
        this.insertEvent.run(...values, head, h)
        head = h
        events.push(event)
        if (count % CHECKPOINT_EVERY === 0) {
          this.writeCheckpoint(count, head, lastTime)
          lastCheckpoint = count
        }
      }
      if (note !== undefined) this.insertNote.run(noteDigest(note), note)
      this.database.exec('COMMIT')
    } catch (error) {
      if (this.database.inTransaction) this.database.exec('ROLLBACK')
      throw error
    }
    this.count = count
    this.head = head
    this.lastTime = lastTime
    this.lastCheckpoint = lastCheckpoint
    return events
  }

  /** What is written to a file that was moved or removed is lost without a word: SQLite goes on with it. */
  private refuseIfGone(): void {
    if (fileAt(this.database.name) === this.file) return
    throw new BiduiError(
      'E101',
      EXIT.noInput,
      `${this.database.name}: 裁决文件已被移走或替换 · the decisions file was moved or replaced under the desk.`,
      { advice: '请放回原处，或重新启动审核台 · put it back where it was, or start the desk anew.' },
    )
  }

  eventsOfClientKey(key: string): readonly DecisionEvent[] {
    return (this.byClientKey.all(key) as unknown[][]).map(eventOfRow)
  }

  eventsOfBatch(batch: string): readonly DecisionEvent[] {
    return (this.byBatch.all(batch) as unknown[][]).map(eventOfRow)
  }

  noteText(digest: string): string {
    const row = this.database.prepare('SELECT text FROM note WHERE digest = ?').get(digest) as
      | { text: string }
      | undefined
    return row?.text ?? ''
  }

  /** Signs (count, head) as they stand. Done at closing, at the day's report, and every 1,000 events. */
  checkpoint(): void {
    if (this.count === this.lastCheckpoint || this.count === 0) return
    this.writeCheckpoint(this.count, this.head, this.lastTime)
    this.lastCheckpoint = this.count
  }

  close(): void {
    this.checkpoint()
    this.database.close()
    this.lock.close()
  }

  private writeCheckpoint(count: number, head: Buffer, time: string): void {
    this.insertCheckpoint.run(count, head, time, sign(null, checkpointBytes(count, head, time), this.privateKey))
  }
}

/** All events, or those of some kinds, in order; a row at a time. */
export function* readEvents(database: Database.Database, kinds?: ReadonlySet<EventKind>): Generator<DecisionEvent> {
  const where = kinds === undefined ? '' : ` WHERE ev IN (${[...kinds].map((kind) => `'${kind}'`).join(',')})`
  const rows = database.prepare(`SELECT ${EVENT_COLUMNS} FROM event${where} ORDER BY seq`).raw().iterate()
  for (const row of rows) yield eventOfRow(row as unknown[])
}

function eventOfRow(row: readonly unknown[]): DecisionEvent {
  const event: Record<string, unknown> = {}
  for (let i = 0; i < EVENT_FIELDS.length; i++) if (row[i] !== null) event[EVENT_FIELDS[i]] = row[i]
  return event as unknown as DecisionEvent
}

export function noteDigest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 32)
}

export function checkpointBytes(count: number, head: Buffer, time: string): Buffer {
  return Buffer.from(`bidui checkpoint ${count} ${head.toString('hex')} ${time}`, 'utf8')
}

/**
 * One process appends, any number may read (the night run takes a snapshot while people work). The lock is an open
 * transaction on a file of its own: the system gives it back when the process dies, however it dies.
 */
function takeWriterLock(path: string): Database.Database {
  if (!existsSync(path)) writeFileSync(path, '', { mode: 0o600, flag: 'wx' })
  const lock = new Database(path, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw new BiduiError(
        'E404',
        EXIT.locked,
        '裁决已在另一个审核台中打开 · the decisions are open in another review desk.',
        {
          advice: '请先关闭那一个，或大家都用它 · close that desk first, or let everybody work in it.',
        },
      )
    throw error
  }
}

/** A log whose making was cut off (kill -9, power) is empty, or a database without a table: nothing was ever in it. */
function isUnborn(path: string): boolean {
  if (statSync(path).size === 0) return true
  const database = new Database(path, { readonly: true })
  try {
    return (
      database.pragma('user_version', { simple: true }) === 0 &&
      database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0
    )
  } catch {
    return false
  } finally {
    database.close()
  }
}

/** The private key lies beside the database, 0600; its public half inside, so that a copy can be verified alone. */
function openSigningKey(path: string, database: Database.Database): KeyObject {
  if (!existsSync(path)) {
    const { privateKey } = generateKeyPairSync('ed25519')
    // Written beside and renamed: a key that is cut short would keep everybody out.
    const aside = `${path}.new`
    writeFileSync(aside, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flush: true })
    renameSync(aside, path)
  }
  const privateKey = readKey(path)
  const publicPem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString()
  database.prepare('INSERT OR IGNORE INTO setting VALUES (?, ?)').run('public-key', publicPem)
  const stored = database.prepare("SELECT value FROM setting WHERE key = 'public-key'").get() as { value: string }
  if (stored.value !== publicPem)
    throw new BiduiError(
      'E405',
      EXIT.permission,
      '签名私钥不是这个裁决文件的 · the signing key is not the one of this decisions file.',
      {
        advice: '请放回与它一同建立的 .key 文件 · put back the file that ends in .key and was made with it.',
      },
    )
  return privateKey
}

function readKey(path: string): KeyObject {
  try {
    return createPrivateKey(readFileSync(path))
  } catch (cause) {
    throw new BiduiError('E405', EXIT.permission, `${path}: 签名私钥不能读取 · the signing key cannot be read.`, {
      advice: '请从备份恢复这个文件 · put the file back from a backup: it was made with the decisions beside it.',
      cause,
    })
  }
}
