import 'server-only'
import type { Database } from '@/lib/db/client'
import { log } from '@/lib/http/log'
import { OutboundError } from '@/lib/outbound/errors'
import { outboundSettingsOf } from '@/lib/outbound/store'
import { UnsealError } from '@/lib/secrets/seal'
import { forgetDelivered, itemsAfter, placeItems } from './items-store'
import { ocsfOf } from './ocsf'
import { moveOn, noteFailure, type StoredStream, streamsToServe } from './streams-store'
import { transportOf } from './transports'
import { DeliveryError, type Transport } from './transports/transport'

export interface Delivering {
  database: Database
  clock: () => Date
  /** No further batch begins after this. */
  isLate: () => boolean
  eventsPerBatch?: number
  transport?: (stream: StoredStream, allowedNetworks: readonly string[]) => Transport
}

const batchMs = 30_000

/**
 * Delivers to every stream what it has not had yet, in order. The place up to which it has been delivered moves after
 * each batch: one that was interrupted comes again, and none is left out. One stream that fails keeps none waiting.
 */
export async function deliverStreams(delivering: Delivering): Promise<void> {
  const { database, clock, isLate } = delivering
  while (await placeItems(database)) if (isLate()) break
  const { allowedNetworks } = await outboundSettingsOf(database)
  const streams = await streamsToServe(database, clock())
  await Promise.all(streams.map((stream) => serve(stream, allowedNetworks, delivering)))
  await forgetDelivered(database)
}

async function serve(
  stream: StoredStream,
  allowedNetworks: readonly string[],
  { database, clock, isLate, eventsPerBatch = 500, transport = transportOf }: Delivering,
): Promise<void> {
  let { position } = stream
  try {
    const way = transport(stream, allowedNetworks)
    while (!isLate()) {
      const items = await itemsAfter(database, position, eventsPerBatch)
      const last = items.at(-1)
      if (!last) return
      const batch = {
        id: `${stream.id}-${items[0]?.position}-${last.position}`,
        events: items.map(ocsfOf),
        at: clock(),
      }
      await way.deliver(batch, AbortSignal.timeout(batchMs))
      if (!(await moveOn(database, stream.id, position, BigInt(last.position), clock()))) return
      position = BigInt(last.position)
    }
  } catch (error) {
    await noteFailure(database, { ...stream, position }, sentenceOf(error, stream), clock())
  }
}

/** What to tell people: our own errors speak for themselves; of others they learn that there is one. */
function sentenceOf(error: unknown, { slug }: StoredStream): string {
  if (error instanceof DeliveryError || error instanceof OutboundError || error instanceof UnsealError)
    return error.message
  log.error({ err: error, stream: slug }, 'A stream could not be served')
  return 'It failed for a reason that stands in the log of the server.'
}
