import { log } from './log'

/** A file that nobody has fetched by then is given up, with what it holds. */
const minutesMax = 30

/**
 * Parts as they come: the next is asked for when the reader has taken the one before. `end` is called once, when it is
 * over, however it ends: with the last part, with an error, because the reader went away, or because it takes too long.
 */
export function byteStream(
  parts: AsyncIterable<string | Uint8Array>,
  end: () => Promise<void>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const iterator = parts[Symbol.asyncIterator]()
  const limit = setTimeout(() => void over(), minutesMax * 60_000)
  limit.unref()
  let ended: Promise<void> | undefined
  let isCancelled = false
  const over = () => {
    clearTimeout(limit)
    ended ??= end().catch((error: unknown) => log.error({ err: error }, 'A file could not be ended cleanly'))
    return ended
  }
  return new ReadableStream({
    async pull(controller) {
      try {
        // A part may be empty, and a pull has to bring something.
        for (;;) {
          const { done, value } = await iterator.next()
          if (isCancelled) return
          if (done) {
            await over()
            controller.close()
            return
          }
          if (value.length === 0) continue
          controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value)
          return
        }
      } catch (error) {
        // What was cancelled with the query is no failure.
        if (isCancelled) return
        log.error({ err: error }, 'A file was broken off')
        await over()
        controller.error(error)
      }
    },
    async cancel() {
      isCancelled = true
      // First, for it cancels the query that the next part may be waiting for.
      await over()
      await iterator.return?.().catch(() => undefined)
    },
  })
}
