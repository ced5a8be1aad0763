import 'server-only'
import fs from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import git, { Errors, type HttpClient, type TreeEntry } from 'isomorphic-git'
import type { Reader } from '@/lib/db/reading'
import { type Outbound, openOutbound, outboundLimits } from '@/lib/outbound/client'
import { OutboundError } from '@/lib/outbound/errors'
import { sameBytes } from '../bytes'
import { type Checkpoint, parseCheckpoint } from '../checkpoint'
import type { KeptCheckpoint } from '../checkpoint-store'
import { parseNote } from '../note'
import { rootAt } from '../tree-store'
import { NoteError } from '../verifier-key'

/** A branch of a git repository that is reached by HTTP, and what lets Pentarch in. */
export interface Repository {
  url: string
  branch: string
  credential: RepositoryCredential | null
}

export interface RepositoryCredential {
  user: string
  token: string
}

/** Why a repository does not have the checkpoint: a sentence for people. */
export class RepositoryError extends Error {
  override readonly name = 'RepositoryError'
}

/** The file that each commit writes. `git log -p checkpoint` shows all there ever were. */
export const checkpointFile = 'checkpoint'

/** Of the newest commit, which is all that is fetched: the repository is meant for checkpoints, and may hold a little more. */
const limits = { ...outboundLimits, attemptMs: 20_000, bytesMax: 16 * 1024 * 1024 }

/**
 * Pushes a checkpoint as a commit on top of what the branch holds; the branch is made when it is not there, other files
 * stay as they are, and nothing is ever forced. Before that, the checkpoint that the branch holds is held against this
 * log, so that neither a rewritten log nor an older state of the database passes over it.
 * @throws RepositoryError or OutboundError that says why the branch does not have it
 */
export async function keepInRepository(
  db: Reader,
  repository: Repository,
  kept: KeptCheckpoint,
  { now, allowedNetworks, signal }: { now: Date; allowedNetworks: readonly string[]; signal: AbortSignal },
): Promise<void> {
  const outbound = await openOutbound(repository.url, { allowedNetworks, limits })
  const dir = await mkdtemp(path.join(tmpdir(), 'pentarch-checkpoint-'))
  try {
    const at = { fs, dir, http: httpOver(outbound, repository, signal), url: repository.url }
    await commitOnTop(db, at, repository, kept, now)
  } catch (error) {
    throw inWords(error, repository)
  } finally {
    await rm(dir, { recursive: true, force: true })
    await outbound.close()
  }
}

interface Place {
  fs: typeof fs
  /** The folder of the shallow clone. */
  dir: string
  http: HttpClient
  url: string
}

async function commitOnTop(
  db: Reader,
  at: Place,
  { branch }: Repository,
  kept: KeptCheckpoint,
  now: Date,
): Promise<void> {
  await git.init({ ...at, defaultBranch: branch })
  await git.addRemote({ ...at, remote: 'origin' })
  const head = await fetchHead(at, branch)
  const entries = head === null ? [] : (await git.readTree({ ...at, oid: head })).tree
  const present = entries.find((entry) => entry.path === checkpointFile)
  if (present) {
    const text = new TextDecoder().decode((await git.readBlob({ ...at, oid: present.oid })).blob)
    if (text === kept.note) return
    await assertContinues(db, text, kept)
  }
  const oid = await git.writeBlob({ ...at, blob: new TextEncoder().encode(kept.note) })
  const entry: TreeEntry = { mode: '100644', path: checkpointFile, oid, type: 'blob' }
  const tree = await git.writeTree({ ...at, tree: [...entries.filter((each) => each !== present), entry] })
  await git.commit({
    ...at,
    tree,
    parent: head === null ? [] : [head],
    ref: `refs/heads/${branch}`,
    message: `Checkpoint of ${kept.size.toLocaleString('en')} events\n`,
    author: {
      name: 'Pentarch',
      email: 'noreply@pentarch.invalid',
      timestamp: Math.floor(now.getTime() / 1000),
      timezoneOffset: 0,
    },
  })
  const pushed = await git.push({ ...at, ref: branch, remoteRef: `refs/heads/${branch}` })
  const refused = pushed.error ?? Object.values(pushed.refs).find(({ ok }) => !ok)?.error
  if (!pushed.ok || refused) throw new RepositoryError(`It does not take the commit: ${refused ?? 'no reason given'}`)
}

/** The newest commit of the branch, fetched with its files and nothing before it; null when there is no such branch yet. */
async function fetchHead(at: Place, branch: string): Promise<string | null> {
  const ref = `refs/heads/${branch}`
  const refs = await git.listServerRefs({ ...at, prefix: ref })
  const head = refs.find((each) => each.ref === ref)?.oid
  if (head === undefined) return null
  await git.fetch({ ...at, ref: branch, remoteRef: branch, singleBranch: true, depth: 1, tags: false })
  return head
}

/** @throws RepositoryError when the checkpoint that the repository holds is none that this log goes on from. */
async function assertContinues(db: Reader, text: string, kept: KeptCheckpoint): Promise<void> {
  const held = readHeld(text)
  const { origin } = parseCheckpoint(parseNote(kept.note).text)
  const events = `${held.size.toLocaleString('en')} events`
  if (held.origin !== origin)
    throw new RepositoryError(`The branch holds checkpoints of another log, ${held.origin.slice(0, 100)}.`)
  if (held.size > kept.size)
    throw new RepositoryError(
      `The branch holds a checkpoint of ${events}, more than this log has: the database was put back to an older state, or events are missing.`,
    )
  if (!sameBytes(await rootAt(db, held.size), held.root))
    throw new RepositoryError(
      `The branch holds a checkpoint of ${events} that this log does not go on from: one of the two was rewritten.`,
    )
}

function readHeld(text: string): Checkpoint {
  try {
    return parseCheckpoint(parseNote(text).text)
  } catch (error) {
    if (!(error instanceof NoteError)) throw error
    throw new RepositoryError(`Its file "${checkpointFile}" is no checkpoint. Name a branch that holds nothing else.`)
  }
}

function authorizationOf({ credential }: Repository): Record<string, string> {
  if (!credential) return {}
  const basic = Buffer.from(`${credential.user}:${credential.token}`).toString('base64')
  return { authorization: `Basic ${basic}` }
}

/** The door for requests of git: it leads where the guarded connection leads, and nowhere else. */
function httpOver(outbound: Outbound, repository: Repository, signal: AbortSignal): HttpClient {
  const authorization = authorizationOf(repository)
  return {
    async request({ url, method = 'GET', headers = {}, body }) {
      const sent = body && Buffer.concat(await Array.fromAsync(body))
      const answer = await outbound.exchange({
        method: method === 'POST' ? 'POST' : 'GET',
        url,
        headers: { accept: '*/*', ...headers, ...authorization },
        ...(sent && { body: sent }),
        signal,
      })
      const { status, bytes } = answer
      return { url, method, headers: answer.headers, body: once(bytes), statusCode: status, statusMessage: '' }
    },
  }
}

async function* once(bytes: Uint8Array): AsyncIterableIterator<Uint8Array> {
  yield bytes
}

function inWords(error: unknown, { credential }: Repository): Error {
  if (error instanceof RepositoryError || error instanceof OutboundError) return error
  if (error instanceof Errors.HttpError) {
    const { statusCode } = error.data
    if (statusCode === 401 || statusCode === 403)
      return new RepositoryError(
        credential
          ? `It does not take the user name and token (HTTP status ${statusCode}).`
          : `It lets in nobody without a token (HTTP status ${statusCode}).`,
      )
    if (statusCode === 404)
      return new RepositoryError('There is no repository at this address, or none for this token.')
    return new RepositoryError(`It answered with HTTP status ${statusCode}.`)
  }
  if (error instanceof Errors.PushRejectedError)
    return new RepositoryError('Somebody else pushed to the branch meanwhile. It is tried again.')
  if (error instanceof Errors.GitPushError) return new RepositoryError('It does not take commits on this branch.')
  if (error instanceof Errors.SmartHttpError || error instanceof Errors.ParseError)
    return new RepositoryError('What is at this address does not speak git.')
  return error instanceof Error ? error : new Error('unknown')
}
