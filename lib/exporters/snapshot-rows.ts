import type { Database, Db } from '@/lib/db/client'

/**
 * What `produce` yields inside one snapshot of the database, of the present or as of an instant. The transaction goes on
 * for as long as somebody takes its items, and ends with the last or when they stop.
 */
export async function* inSnapshot<Item>(
  database: Database,
  asOf: Date | undefined,
  produce: (db: Db) => AsyncIterable<Item>,
): AsyncGenerator<Item> {
  // Holds nothing back: the next item is asked for when the one before has been taken.
  const { readable, writable } = new TransformStream<Item, Item>(undefined, undefined, { highWaterMark: 0 })
  const work = async (db: Db) => {
    const writer = writable.getWriter()
    try {
      for await (const item of produce(db)) await writer.write(item)
      await writer.close()
    } catch (error) {
      await writer.abort(error).catch(() => undefined)
      throw error
    }
  }
  const done = asOf ? database.past(asOf, work) : database.snapshot(work)
  // Whoever reads meets the error as well; one that comes before anybody reads has to wait for them.
  const failed = done.then(
    () => undefined,
    async (error: unknown) => await writable.abort(error).catch(() => undefined),
  )
  try {
    yield* readable
    await done
  } finally {
    await failed
  }
}
