import 'server-only'
import { createReadStream } from 'node:fs'
import { AwsV4Signer } from 'aws4fetch'
import { openOutbound, outboundLimits } from '@/lib/outbound/client'
import type { BucketDestination } from '../model'
import type { MadeFile } from './made'

const uploadMs = 600_000

/** The address of an object. */
function objectUrl({ endpoint, bucket, prefix, pathStyle }: BucketDestination, name: string): string {
  const url = new URL(endpoint)
  if (!pathStyle) url.hostname = `${bucket}.${url.hostname}`
  const base = url.pathname.replace(/\/+$/, '')
  url.pathname = `${base}${pathStyle ? `/${bucket}` : ''}/${prefix}${name}`
  return url.href
}

/**
 * Puts the file into the bucket as one object, signed with its digest (AWS Signature Version 4), so that what arrives
 * altered is refused there. @returns where it is. @throws OutboundError.
 */
export async function putInBucket(
  destination: BucketDestination,
  file: MadeFile,
  access: { secretAccessKey: string; allowedNetworks: readonly string[] },
): Promise<string> {
  const url = objectUrl(destination, file.name)
  const { region, accessKeyId, bucket, prefix } = destination
  const signed = await new AwsV4Signer({
    method: 'PUT',
    url,
    headers: { 'x-amz-content-sha256': file.sha256, 'content-type': file.mediaType },
    service: 's3',
    region,
    accessKeyId,
    secretAccessKey: access.secretAccessKey,
  }).sign()
  const limits = { ...outboundLimits, attemptMs: uploadMs }
  const outbound = await openOutbound(url, { allowedNetworks: access.allowedNetworks, limits })
  const body = createReadStream(file.path)
  try {
    await outbound.send({
      method: 'PUT',
      url,
      headers: { ...Object.fromEntries(signed.headers), 'content-length': String(file.bytes) },
      body,
      signal: AbortSignal.timeout(uploadMs),
    })
  } finally {
    body.destroy()
    await outbound.close()
  }
  return `${bucket}/${prefix}${file.name}`
}
