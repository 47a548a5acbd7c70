/**
 * decisions.sqlite: events, checkpoints and notes can only be added; accounts and the public key stand beside them.
 *
 * The triggers stop accidents and tools; who has the disk can drop them. That is found by `audit verify`: by the chain
 * of hashes, by the signed checkpoints, and by the count and head printed on the 日报.
 */
export const DECISIONS_SCHEMA_VERSION = 1

const appendOnly = (table: string) => `
CREATE TRIGGER ${table}_keeps_rows BEFORE DELETE ON ${table}
  BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_keeps_values BEFORE UPDATE ON ${table}
  BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
`

export const DECISIONS_SCHEMA = `
CREATE TABLE event (
  seq INTEGER PRIMARY KEY, t TEXT NOT NULL, actor TEXT NOT NULL, role TEXT NOT NULL, sess TEXT, ev TEXT NOT NULL,
  obj TEXT, left_key TEXT, right_key TEXT, run TEXT, fp_a TEXT, fp_b TEXT, verdict TEXT, reason TEXT, note TEXT,
  ms INTEGER, level TEXT, ck TEXT, batch TEXT, prev BLOB NOT NULL, h BLOB NOT NULL
) STRICT;
CREATE INDEX event_by_client_key ON event (ck) WHERE ck IS NOT NULL;
CREATE INDEX event_by_batch ON event (batch) WHERE batch IS NOT NULL;

CREATE TABLE checkpoint (
  count INTEGER PRIMARY KEY, head BLOB NOT NULL, t TEXT NOT NULL, signature BLOB NOT NULL
) STRICT;

CREATE TABLE note (digest TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE account (
  name TEXT PRIMARY KEY, role TEXT NOT NULL, areas TEXT NOT NULL, salt BLOB, hash BLOB, created TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
${appendOnly('event')}${appendOnly('checkpoint')}${appendOnly('note')}`

/** Columns in the order of EVENT_FIELDS. */
export const EVENT_COLUMNS =
  'seq, t, actor, role, sess, ev, obj, left_key, right_key, run, fp_a, fp_b, verdict, reason, note, ms, level, ck, batch'
