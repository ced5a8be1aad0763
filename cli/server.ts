import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { type Api, ApiProblem, cliAgent, createApi, createUntypedApi, type UntypedApi } from '@/lib/http/client'
import { CliFailure, exitCodes } from './failure'
import type { Terminal } from './terminal'

const profileSchema = z.object({ url: z.url({ protocol: /^https?$/ }), token: z.string().min(1) })
type Profile = z.infer<typeof profileSchema>

const howToConnect =
  'Set PENTARCH_URL and PENTARCH_TOKEN (a token is made under Settings, API tokens), or start one with "npm run demo".'

const unreachable = (message: string, fix: string) => new CliFailure(exitCodes.unreachable, message, fix)

/**
 * The typed API of the server that the environment or the profile names, of the present or as of an instant.
 * @throws CliFailure when neither names one.
 */
export async function connect(terminal: Terminal, asOf?: string): Promise<Api> {
  const server = await serverOf(terminal)
  const api = createApi({ ...server, asOf })
  return async (name, input, options) => await reach(server.url, () => api(name, input, options))
}

/** As `connect`, for input that is known only at run time. */
export async function connectUntyped(terminal: Terminal, asOf?: string): Promise<UntypedApi> {
  const server = await serverOf(terminal)
  const api = createUntypedApi({ ...server, asOf })
  return async (name, input, options) => await reach(server.url, () => api(name, input, options))
}

/** For a command that changes something: asked again after a lost answer, the server answers as it did the first time. */
export const once = () => ({ idempotencyKey: randomUUID() })

/** Where the server is, and what lets us in. */
export interface Server {
  url: string
  headers: Record<string, string>
}

/** The server that the environment or the profile names. @throws CliFailure when neither does. */
export async function serverOf(terminal: Terminal): Promise<Server> {
  const { url, token } = await profileOf(terminal)
  return { url: url.replace(/\/+$/, ''), headers: { authorization: `Bearer ${token}`, 'user-agent': cliAgent } }
}

/** An empty variable is how shells say "not set". */
async function profileOf({ env }: Terminal): Promise<Profile> {
  const { PENTARCH_URL: url, PENTARCH_TOKEN: token } = env
  if (url && token) return parsed({ url, token }, 'PENTARCH_URL and PENTARCH_TOKEN')
  const file = path.resolve(env.PENTARCH_DATA_DIR || '.pentarch', 'cli.json')
  const kept = await readProfile(file)
  if (!kept) throw unreachable(url ? `There is no PENTARCH_TOKEN for ${url}.` : 'No server is named.', howToConnect)
  // A token is a secret between us and the server that gave it.
  if (url && url.replace(/\/+$/, '') !== kept.url.replace(/\/+$/, '')) {
    throw unreachable(`The token in ${file} is for ${kept.url}, not for ${url}.`, 'Set PENTARCH_TOKEN as well.')
  }
  return { url: kept.url, token: token || kept.token }
}

async function readProfile(file: string): Promise<Profile | undefined> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw unreachable(`${file} cannot be read.`, 'It is readable by the account alone that started Pentarch.')
  })
  if (text === undefined) return undefined
  return parsed(json(text), file)
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function parsed(value: unknown, source: string): Profile {
  const profile = profileSchema.safeParse(value)
  if (profile.success) return profile.data
  throw unreachable(`${source}: the address or the token is not valid.`, howToConnect)
}

/** What comes back from something else than a Pentarch server is no answer either. */
export async function reach<T>(url: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof ApiProblem) throw error
    throw unreachable(
      `${url} does not answer as a Pentarch server${reasonOf(error)}.`,
      'Check PENTARCH_URL, and that it runs.',
    )
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const { cause } = error
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return ` (${cause.code})`
  return 'status' in error && typeof error.status === 'number' ? ` (status ${error.status})` : ` (${error.message})`
}
