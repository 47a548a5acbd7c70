/** Links of the engine in a made run, as a run draws them for the control sample. */
import Database from 'better-sqlite3'

export const CHECKED = 60

/** The first pairs become links of the statistical layer, as a run would have drawn them. */
export function moveToControl(path: string): void {
  const database = new Database(path)
  const ids = database
    .prepare('SELECT pair_id FROM review_pair WHERE reason = ? ORDER BY pair_id LIMIT ?')
    .pluck()
    .all('weight', CHECKED) as string[]
  const move = database.prepare('INSERT INTO control_pair SELECT * FROM review_pair WHERE pair_id = ?')
  const name = database.prepare('UPDATE control_pair SET reason = ?, probability = 0.985, weight = 6000')
  const take = database.prepare('DELETE FROM review_pair WHERE pair_id = ?')
  for (const pairId of ids) {
    move.run(pairId)
    take.run(pairId)
  }
  name.run('accepted:statistical')
  const cells = [
    { stratum: 'accepted', layer: 'statistical', from: 0.98, pairs: 4000, expected: 3940, judged: 0, same: 0 },
    { stratum: 'accepted', layer: 'statistical', from: 0.9999, pairs: 90_000, expected: 90_000, judged: 0, same: 0 },
  ]
  database.prepare('INSERT INTO run VALUES (?, ?)').run('control', JSON.stringify(cells))
  database.close()
}
