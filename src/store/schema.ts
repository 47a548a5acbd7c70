/**
 * run.sqlite: what people will touch. Findings, pairs to review, and the records and households they concern.
 * A million certain links need no row here; the bulk of a run lies in Arrow files beside it.
 *
 * A record is known here by its key `register:record_id`. `raw` is the row as the clerk wrote it: a JSON list, the number
 * of its file and then its cells; their columns stand once in `source`. `fingerprint` changes when a compared field
 * changes, so that an old decision can be seen as stale.
 */
export const RUN_SCHEMA_VERSION = 3

export const RUN_SCHEMA = `
CREATE TABLE run (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE finding (
  finding_id TEXT PRIMARY KEY, code TEXT NOT NULL, severity TEXT NOT NULL, lineage TEXT NOT NULL,
  certainty TEXT NOT NULL, person_id TEXT NOT NULL, area_code TEXT NOT NULL, detail TEXT NOT NULL
);

CREATE TABLE finding_record (
  finding_id TEXT NOT NULL, position INTEGER NOT NULL, record_key TEXT NOT NULL,
  PRIMARY KEY (finding_id, position)
);

CREATE TABLE record (
  record_key TEXT NOT NULL, register TEXT NOT NULL, record_id TEXT NOT NULL, person_id TEXT NOT NULL,
  household_key TEXT NOT NULL, area_code TEXT NOT NULL, block TEXT NOT NULL,
  raw TEXT NOT NULL, fingerprint TEXT NOT NULL
);

CREATE TABLE source (source INTEGER PRIMARY KEY, register TEXT NOT NULL, columns TEXT NOT NULL);

CREATE TABLE household (
  household_key TEXT PRIMARY KEY, register TEXT NOT NULL, area_code TEXT NOT NULL, block TEXT NOT NULL,
  household_no TEXT NOT NULL, members INTEGER NOT NULL
);

CREATE TABLE review_pair (
  pair_id TEXT PRIMARY KEY, left_key TEXT NOT NULL, right_key TEXT NOT NULL,
  weight INTEGER NOT NULL,          -- milli-bits, prior included
  probability REAL NOT NULL,
  reason TEXT NOT NULL,             -- why it is not decided: REASONS (src/linking/pair-decisions.ts)
  area_code TEXT NOT NULL,
  impact INTEGER NOT NULL,          -- persons whose link changes
  explanation TEXT NOT NULL         -- JSON of Explanation (src/matching/explanation.ts)
) WITHOUT ROWID;

-- The control sample (src/review/queue/control-sample.ts): as review_pair; reason = its kind, such as accepted:exact.
-- How many pairs they stand for: key 'control' of run, JSON of ControlCell (control-tally.ts).
CREATE TABLE control_pair (
  pair_id TEXT PRIMARY KEY, left_key TEXT NOT NULL, right_key TEXT NOT NULL,
  weight INTEGER NOT NULL, probability REAL NOT NULL, reason TEXT NOT NULL, area_code TEXT NOT NULL,
  impact INTEGER NOT NULL, explanation TEXT NOT NULL
) WITHOUT ROWID;
`

/** Apart from the tables, so that whoever loads row by row can build them afterwards at a third of the cost. */
export const RUN_INDICES = `
CREATE INDEX record_by_key ON record (record_key);
CREATE INDEX finding_by_area ON finding (area_code, code);
CREATE INDEX finding_by_person ON finding (person_id);
CREATE INDEX finding_record_by_record ON finding_record (record_key);
CREATE INDEX record_by_person ON record (person_id);
CREATE INDEX record_by_household ON record (household_key);
CREATE INDEX review_pair_by_left ON review_pair (left_key);
CREATE INDEX review_pair_by_right ON review_pair (right_key);
CREATE INDEX review_pair_by_area ON review_pair (area_code);
`
