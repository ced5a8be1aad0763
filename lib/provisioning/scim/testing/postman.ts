import { z } from 'zod'
import { sample } from './samples'

const itemSchema = z.object({
  name: z.string(),
  request: z.object({
    method: z.string(),
    url: z.object({ raw: z.string() }),
    body: z.object({ raw: z.string().optional() }).optional(),
  }),
  event: z.array(z.object({ listen: z.string(), script: z.object({ exec: z.array(z.string()) }) })).optional(),
})

/** A recorded request, with what its scripts expect of the answer and keep of it. */
export interface Recorded {
  name: string
  method: string
  /** Below the address of the server. */
  path: string
  body: string | undefined
  /** The status that its test expects; undefined when it has none. */
  status: number | undefined
  /** Variables that are set to the id of what is answered. */
  keeps: string[]
}

/** The requests of a recorded Postman collection, in their order, without the one for a token. */
export function requestsOf(name: string): Recorded[] {
  const { item } = sample(name)
  return z
    .array(itemSchema)
    .parse(item)
    .filter(({ request }) => request.url.raw.includes('/Users'))
    .map(({ name: title, request, event = [] }) => {
      const script = event.flatMap(({ script: { exec } }) => exec).join('\n')
      const status = /to\.have\.status\((\d+)\)/.exec(script)?.[1]
      return {
        name: title,
        method: request.method,
        path: request.url.raw.slice(request.url.raw.indexOf('/Users')),
        body: request.body?.raw,
        status: status === undefined ? undefined : Number(status),
        keeps: [...script.matchAll(/set\("(\w+)", jsonData\.id\)/g)].map((found) => String(found[1])),
      }
    })
}
