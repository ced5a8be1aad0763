import 'server-only'
import { z } from 'zod'
import type { Reader } from '@/lib/db/reading'
import { sql } from '@/lib/db/sql'
import { wakeJob } from '@/lib/jobs/wake'
import { seal } from '@/lib/secrets/seal'
import { defineCommand } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { checkpointOf, newestCheckpoint } from '../checkpoint-store'
import { aboutLog } from '../commands'
import { cosignatureTimestamp } from '../cosignature'
import { logJobs } from '../jobs'
import { witnessSchema } from '../model'
import { formatSignature, type NoteSignature, parseNote, parseSignature, verifySignature } from '../note'
import { asCosigner, formatVerifierKey, NoteError, parseVerifierKey, type VerifierKey } from '../verifier-key'
import { findWitnesses, insertCosignature, insertWitness, removeWitness, type Witness, witnessesMax } from './store'

function readKey(text: string): VerifierKey {
  try {
    return asCosigner(parseVerifierKey(text))
  } catch (error) {
    if (!(error instanceof NoteError)) throw error
    throw new DomainError('invalid_input', error.message, {
      fields: [{ field: 'verifierKey', message: error.message }],
    })
  }
}

/** Names that git takes for branches, without those that are hard to type (git-check-ref-format). */
const branchPattern = /^(?!.*(?:\.\.|\/\/|\/\.|\.lock(?:\/|$)))[A-Za-z0-9_][A-Za-z0-9._/-]*(?<![./])$/

const hasNothingBeside = (text: string) => {
  // What is no address at all, the check before says.
  const url = URL.parse(text)
  return !url || url.username + url.password + url.search + url.hash === ''
}

const repositoryUrl = z
  .url({ protocol: /^https?$/, error: 'An address with http or https; a key for ssh is not kept here' })
  .max(2000)
  .refine(hasNothingBeside, 'Only the address: user name and token have fields of their own')

const witnessInput = z.strictObject({
  name: z.string().trim().min(1).max(100).optional().describe('What it is called; the name of its key when it has one'),
  verifierKey: z
    .string()
    .trim()
    .max(600)
    .optional()
    .describe('What it cosigns with: name+keyid+base64 (C2SP signed-note); none when it only keeps checkpoints'),
  webhook: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional()
    .describe('Where each new checkpoint is posted'),
  email: z.email().max(320).optional().describe('Where each new checkpoint is mailed'),
  repository: repositoryUrl.optional().describe('The git repository to which each new checkpoint is pushed, by HTTP'),
  branch: z
    .string()
    .max(200)
    .regex(branchPattern, 'A name such as "main" or "pentarch/checkpoints"')
    .optional()
    .describe('The branch that is pushed to; "main" when it is left out'),
  user: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe('User name for the repository; "git" when it is left out'),
  token: z.string().min(1).max(2000).optional().describe('Token or password for the repository'),
})
type WitnessInput = z.output<typeof witnessInput>

const refuseField = (field: string, message: string): never => {
  throw new DomainError('invalid_input', `${field}: ${message}`, { fields: [{ field, message }] })
}

/** @throws DomainError `invalid_input` when the fields do not make a witness together. */
function assertTogether({ name, verifierKey, webhook, email, repository, branch, user, token }: WitnessInput): void {
  if (!(verifierKey || webhook || email || repository))
    refuseField('repository', 'Name at least a key, a webhook, an address for mail or a repository.')
  if (!verifierKey && !name) refuseField('name', 'Name the witness, since it has no key that does.')
  if (verifierKey && name) refuseField('name', 'The witness is called as its key says.')
  if (repository) {
    if (user && !token) refuseField('token', 'A user name alone lets nobody in.')
    return
  }
  if (branch) refuseField('branch', 'Name the repository as well.')
  if (user || token) refuseField('token', 'Name the repository as well.')
}

export const addWitness = defineCommand({
  name: 'log.addWitness',
  summary: 'Name somebody who keeps or cosigns checkpoints, and how they get new ones',
  method: 'POST',
  path: '/log/witnesses',
  confidential: ['token'],
  reauthenticates: true,
  input: witnessInput,
  output: witnessSchema.pick({ id: true, name: true, verifierKey: true }),
  async handler({ db, newId, now }, input) {
    assertTogether(input)
    const key = input.verifierKey ? readKey(input.verifierKey) : null
    const id = newId()
    const { webhook = null, email = null, repository = null, branch = 'main', user = 'git', token } = input
    const witness = {
      name: key?.name ?? input.name ?? '',
      verifierKey: key && formatVerifierKey(key),
      webhook,
      email,
      repository,
      branch: repository && branch,
    }
    await assertNew(db, witness)
    const credentialSealed = token === undefined ? null : seal(JSON.stringify({ user, token }), id)
    await insertWitness(db, { id, ...witness, credentialSealed, createdAt: now })
    await wakeJob(db, logJobs.checkpoint)
    const { name, verifierKey } = witness
    return { output: { id, name, verifierKey }, event: { ...aboutLog('witness'), after: { id, ...witness } } }
  },
})

/** @throws DomainError when it is there already, or there are too many. */
async function assertNew(db: Reader, { name, verifierKey }: Pick<Witness, 'name' | 'verifierKey'>): Promise<void> {
  // Two admins at once: the second waits, and then finds the witness of the first.
  await db.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended('log witnesses', 0))`)
  const witnesses = await findWitnesses(db)
  if (verifierKey && witnesses.some((witness) => witness.verifierKey === verifierKey))
    throw new DomainError('conflict', 'A witness with this key is there already.')
  if (!verifierKey && witnesses.some((witness) => witness.verifierKey === null && witness.name === name))
    throw new DomainError('conflict', `A witness called ${name} is there already.`)
  if (witnesses.length >= witnessesMax) throw new DomainError('refused', `There are ${witnessesMax} witnesses already.`)
}

export const endWitness = defineCommand({
  name: 'log.removeWitness',
  summary: 'Take no more cosignatures of a witness; those it gave stay',
  method: 'DELETE',
  path: '/log/witnesses/{id}',
  input: z.strictObject({ id: z.uuid() }),
  output: z.object({}),
  async handler({ db, now }, { id }) {
    const witness = (await findWitnesses(db)).find((each) => each.id === id)
    if (!witness || !(await removeWitness(db, id, now))) throw notFound('The witness')
    const { name, verifierKey } = witness
    return { output: {}, event: { ...aboutLog('witness'), before: { id, name, verifierKey } } }
  },
})

function readLine(line: string): NoteSignature {
  try {
    return parseSignature(line.replace(/\n$/, ''))
  } catch (error) {
    if (!(error instanceof NoteError)) throw error
    throw new DomainError('invalid_input', error.message, { fields: [{ field: 'line', message: error.message }] })
  }
}

/** The witness whose key a line names. */
async function cosignerOf(
  db: Reader,
  { name, keyId }: NoteSignature,
): Promise<{ witness: Witness; key: VerifierKey } | undefined> {
  return (await findWitnesses(db))
    .flatMap((witness) => (witness.verifierKey ? [{ witness, key: parseVerifierKey(witness.verifierKey) }] : []))
    .find(({ key }) => key.name === name && key.keyId === keyId)
}

/** How far the clock of a witness may run ahead of ours. */
const aheadMs = 5 * 60_000

export const takeCosignature = defineCommand({
  name: 'log.cosign',
  summary: 'Hand in the cosignature of a known witness for a checkpoint',
  method: 'POST',
  path: '/log/cosignatures',
  input: z.strictObject({
    line: z.string().max(1000).describe('The signature line (C2SP tlog-cosignature)'),
    size: z.int().min(0).optional().describe('Of the checkpoint it signs; the newest when it is left out'),
  }),
  output: z.object({ witness: z.string(), size: z.int(), signedAt: z.iso.datetime() }),
  async handler({ db, now }, { line, size }) {
    const signature = readLine(line)
    const checkpoint = size === undefined ? await newestCheckpoint(db) : await checkpointOf(db, size)
    if (!checkpoint) throw notFound('The checkpoint')
    const known = await cosignerOf(db, signature)
    if (!known)
      throw new DomainError('refused', `${signature.name} with key ${signature.keyId} is no witness of this log.`)
    const { witness, key } = known
    const { text } = parseNote(checkpoint.note)
    const seconds = cosignatureTimestamp(signature.body)
    if (seconds === null || !verifySignature(text, signature, key))
      throw new DomainError('refused', `This is no cosignature of the checkpoint of ${checkpoint.size} leaves.`)
    const signedAt = new Date(seconds * 1000)
    if (!(signedAt.getTime() <= now.getTime() + aheadMs))
      throw new DomainError('refused', 'The cosignature is dated in the future.')
    const kept = {
      size: checkpoint.size,
      witnessId: witness.id,
      line: formatSignature(signature),
      signedAt,
      receivedAt: now,
    }
    if (!(await insertCosignature(db, kept)))
      throw new DomainError('conflict', `${witness.name} has cosigned this checkpoint already.`)
    const output = { witness: witness.name, size: checkpoint.size, signedAt: signedAt.toISOString() }
    return { output, event: { ...aboutLog('cosignature'), after: { ...output, line: kept.line } } }
  },
})
