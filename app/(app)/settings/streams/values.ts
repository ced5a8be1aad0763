import type { InputOf } from '@/lib/http/client'
import type { StreamKind } from '@/lib/streams/model'

/** What the form holds: the fields of every kind, of which those of the chosen one count. */
export type StreamValues = {
  name: string
  slug: string
  kind: StreamKind
  url: string
  body: 'ndjson' | 'json'
  secret: string
  folder: string
  host: string
  port: number | string
  tls: boolean
  ca: string
}

export const initialStream: StreamValues = {
  name: '',
  slug: '',
  kind: 'webhook',
  url: '',
  body: 'ndjson',
  secret: '',
  folder: '',
  host: '',
  port: 6514,
  tls: true,
  ca: '',
}

/** What is sent of it. */
export function streamInput(values: StreamValues): InputOf<'streams.create'> {
  const { name, slug, kind, url, body, secret, folder, host, port, tls, ca } = values
  const called = { name: name.trim(), slug: slug.trim() }
  switch (kind) {
    case 'webhook':
      return { ...called, target: { kind, url: url.trim(), body }, secret }
    case 'file':
      return { ...called, target: { kind, folder: folder.trim() } }
    case 'syslog': {
      const trusted = ca.trim()
      return {
        ...called,
        target: { kind, host: host.trim(), port: Number(port), tls, ...(trusted && { ca: trusted }) },
      }
    }
  }
}
