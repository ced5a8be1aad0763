import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { ApiProblem } from '@/lib/http/client'
import { problemSchema } from '@/lib/http/problem'
import { queryString, urls } from '@/lib/urls'
import { CliFailure, exitCodes } from './failure'
import { reach, type Server, serverOf } from './server'
import type { Terminal } from './terminal'

/** What is exported, as the API takes it. */
export interface WantedFile {
  kind: string
  format: string
  filter: Record<string, string>
  sort?: string | undefined
  columns?: string | undefined
  raw?: boolean | undefined
  asOf?: string | undefined
}

const lookAgainMs = 1_000
const runSchema = z.object({ id: z.string(), state: z.string(), problem: z.string().nullable() })

/**
 * The file of an export as it comes. What the server does not send while somebody waits is written in the background
 * there, waited for, and then fetched.
 */
export async function* fetchExport(terminal: Terminal, { asOf, ...wanted }: WantedFile): AsyncGenerator<Uint8Array> {
  const server = await serverOf(terminal)
  const past = queryString({ as_of: asOf })
  const direct = `${urls.exportFile(wanted)}${past.replace('?', '&')}`
  try {
    yield* bodyOf(server, await asked(server, direct))
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.problem.code !== 'too_large') throw error
    terminal.complain('This is too much to be sent at once: the server writes it in the background.')
    const id = await written(server, past, wanted)
    yield* bodyOf(server, await asked(server, urls.exportRunFile(id)))
  }
}

/** A file that the server makes, as it comes. @throws ApiProblem for what it refuses. */
export async function* fetchFile(terminal: Terminal, path: string): AsyncGenerator<Uint8Array> {
  const server = await serverOf(terminal)
  yield* bodyOf(server, await asked(server, path))
}

async function written(server: Server, past: string, wanted: object): Promise<string> {
  const started = await asked(server, `/api/v1/exports${past}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wanted),
  })
  let run = runSchema.parse(await started.json())
  while (run.state === 'queued' || run.state === 'running') {
    await sleep(lookAgainMs)
    run = runSchema.parse(await (await asked(server, `/api/v1/exports/${run.id}`)).json())
  }
  if (run.state === 'done') return run.id
  throw new CliFailure(exitCodes.refused, run.problem ?? `The export is ${run.state}.`)
}

/** The answer of the server. @throws ApiProblem for what it refuses. */
async function asked(server: Server, path: string, init: RequestInit = {}): Promise<Response> {
  return await reach(server.url, async () => {
    const response = await fetch(`${server.url}${path}`, { ...init, headers: { ...server.headers, ...init.headers } })
    if (response.ok) return response
    const problem = problemSchema.safeParse(await response.json().catch(() => null))
    if (problem.success) throw new ApiProblem(problem.data)
    throw new Error(`status ${response.status}`)
  })
}

async function* bodyOf(server: Server, response: Response): AsyncGenerator<Uint8Array> {
  if (!response.body) return
  try {
    yield* response.body
  } catch {
    throw new CliFailure(
      exitCodes.refused,
      `${server.url} broke the file off.`,
      'Try again; the log of the server says why.',
    )
  }
}
