import 'server-only'
import { open } from '@/lib/secrets/seal'
import { streamTargetSchema } from '../model'
import type { StoredStream } from '../streams-store'
import { fileTransport, streamsFolder } from './file'
import { syslogTransport } from './syslog'
import { DeliveryError, type Transport } from './transport'
import { webhookTransport } from './webhook'

/** The way out of a stream. @throws DeliveryError, UnsealError when its secret cannot be had. */
export function transportOf(
  { id, target: stored, secretSealed }: Pick<StoredStream, 'id' | 'target' | 'secretSealed'>,
  allowedNetworks: readonly string[],
): Transport {
  const target = streamTargetSchema.parse(stored)
  switch (target.kind) {
    case 'webhook': {
      if (secretSealed === null) throw new DeliveryError('It has no secret to sign with.')
      return webhookTransport(target, open(secretSealed, id), allowedNetworks)
    }
    case 'file':
      return fileTransport(target, streamsFolder())
    case 'syslog':
      return syslogTransport(target, allowedNetworks)
  }
}
