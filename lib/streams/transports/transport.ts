import type { OcsfEvent } from '../ocsf/event'

/** Events that follow each other in a stream. */
export interface Batch {
  /** The same for the same events, so that a receiver can tell a batch that it has had already. */
  id: string
  events: readonly OcsfEvent[]
  /** When it is sent. */
  at: Date
}

/** A way out. It ends well when the other side has the batch, and throws DeliveryError (or OutboundError) otherwise. */
export interface Transport {
  deliver(batch: Batch, signal: AbortSignal): Promise<void>
}

/** A batch that did not arrive. The message is a sentence for people. */
export class DeliveryError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'DeliveryError'
  }
}

/** One event a line. */
export const ndjson = (events: readonly OcsfEvent[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join('')
