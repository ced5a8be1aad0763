import 'server-only'
import { createHmac } from 'node:crypto'
import { openOutbound } from '@/lib/outbound/client'
import type { WebhookTarget } from '../model'
import { type Batch, ndjson, type Transport } from './transport'

/**
 * The signature of a message by Standard Webhooks: HMAC-SHA-256 over id, time (in seconds) and body, so that neither can
 * be changed nor sent again later.
 */
export function webhookSignature(secret: string, id: string, seconds: number, body: string): string {
  const digest = createHmac('sha256', secret).update(`${id}.${seconds}.${body}`).digest('base64')
  return `v1,${digest}`
}

/** Posts batches to an address, signed. Any 2xx is taken as received. */
export function webhookTransport(
  { url, body: format }: WebhookTarget,
  secret: string,
  allowedNetworks: readonly string[],
): Transport {
  return {
    async deliver({ id, events, at }: Batch, signal) {
      const body = format === 'ndjson' ? ndjson(events) : JSON.stringify(events)
      const seconds = Math.floor(at.getTime() / 1000)
      const outbound = await openOutbound(url, { allowedNetworks })
      try {
        await outbound.send({
          method: 'POST',
          url,
          body,
          headers: {
            'content-type': format === 'ndjson' ? 'application/x-ndjson' : 'application/json',
            'webhook-id': id,
            'webhook-timestamp': String(seconds),
            'webhook-signature': webhookSignature(secret, id, seconds, body),
          },
          signal,
        })
      } finally {
        await outbound.close()
      }
    },
  }
}
