import type { Reader } from './reading'
import { identifier, type Sql, sql } from './sql'

/** As FETCH says below, where no parameter may stand. */
const rowsATime = 1_000
let cursors = 0

/**
 * The rows of a statement some at a time, by a cursor of the server: memory stays flat however many there are. The next
 * ones are fetched while the last are worked on. `db` has to be in a transaction: a snapshot or a reading.
 */
export async function* cursorRows<Row>(db: Reader, statement: Sql): AsyncGenerator<Row[]> {
  cursors += 1
  const name = identifier(`rows_${cursors}`)
  // All rows will be asked for: a plan that is quick with the first ones only would be slow with the rest.
  await db.query(sql`SELECT set_config('cursor_tuple_fraction', '1', TRUE)`)
  await db.execute(sql`DECLARE ${name} NO SCROLL CURSOR FOR ${statement}`)
  const fetch = () => {
    const rows = db.query<Row>(sql`FETCH FORWARD 1000 FROM ${name}`)
    // Whoever stops early does not look at it any more.
    rows.catch(() => undefined)
    return rows
  }
  let coming = fetch()
  for (;;) {
    const rows = await coming
    const isLast = rows.length < rowsATime
    if (!isLast) coming = fetch()
    if (rows.length > 0) yield rows
    if (isLast) break
  }
  await db.execute(sql`CLOSE ${name}`)
}
