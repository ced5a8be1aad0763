import 'server-only'
import { z } from 'zod'
import { wakeJob } from '@/lib/jobs/wake'
import { defineCommand } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { checkpointOf, newestCheckpoint } from './checkpoint-store'
import { cosignatureTimestamp } from './cosignature'
import { logJobs } from './jobs'
import { witnessSchema } from './model'
import { formatSignature, type NoteSignature, parseNote, parseSignature, verifySignature } from './note'
import { openSigners, rotateKeyFile } from './signing'
import { asCosigner, formatVerifierKey, NoteError, parseVerifierKey, type VerifierKey } from './verifier-key'
import { findWitnesses, insertCosignature, insertWitness, removeWitness, witnessesMax } from './witness-store'

const nothing = z.object({})
const aboutLog = (subjectId: string) => ({ subjectType: 'log', subjectId })

export const askForCheckpoint = defineCommand({
  name: 'log.checkpoint',
  summary: 'Have a checkpoint made now; it is there within seconds',
  method: 'POST',
  path: '/log/checkpoints',
  input: z.strictObject({}),
  output: nothing,
  async handler({ db }) {
    await wakeJob(db, logJobs.checkpoint)
    return { output: {}, event: aboutLog('checkpoint') }
  },
})

export const askForVerification = defineCommand({
  name: 'log.verify',
  summary: 'Have the log held against the audit tables now',
  method: 'POST',
  path: '/log/verifications',
  input: z.strictObject({}),
  output: nothing,
  async handler({ db }) {
    await wakeJob(db, logJobs.verify)
    return { output: {}, event: aboutLog('verification') }
  },
})

export const rotateKey = defineCommand({
  name: 'log.rotateKey',
  summary: 'Sign with a new key from now on; the present one goes on signing beside it',
  method: 'POST',
  path: '/log/keys',
  reauthenticates: true,
  input: z.strictObject({}),
  output: z.object({ from: z.string(), to: z.string() }),
  async handler({ db, now, newId }) {
    const { signers, changed } = await openSigners(db, { now, newId })
    if (signers.from === 'environment' && !changed)
      throw new DomainError(
        'refused',
        'The key of this log is in the environment: set PENTARCH_LOG_KEY to a new one and PENTARCH_LOG_KEY_PREVIOUS to the present one on every instance, and restart.',
      )
    const change = changed ?? (await rotateKeyFile(db, signers, now))
    return {
      output: change,
      event: { ...aboutLog('key'), before: { key: change.from }, after: { key: change.to } },
    }
  },
})

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

export const addWitness = defineCommand({
  name: 'log.addWitness',
  summary: 'Name somebody who keeps and cosigns checkpoints, and how they are told of new ones',
  method: 'POST',
  path: '/log/witnesses',
  input: z.strictObject({
    verifierKey: z.string().trim().max(600).describe('Their public key: name+keyid+base64 (C2SP signed-note)'),
    webhook: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .optional()
      .describe('Where each new checkpoint is posted'),
    email: z.email().max(320).optional().describe('Where each new checkpoint is mailed'),
  }),
  output: witnessSchema.pick({ id: true, name: true, verifierKey: true }),
  async handler({ db, newId, now }, { verifierKey: given, webhook = null, email = null }) {
    const key = readKey(given)
    const witnesses = await findWitnesses(db)
    const verifierKey = formatVerifierKey(key)
    if (witnesses.some((witness) => witness.verifierKey === verifierKey))
      throw new DomainError('conflict', 'A witness with this key is there already.')
    if (witnesses.length >= witnessesMax)
      throw new DomainError('refused', `There are ${witnessesMax} witnesses already.`)
    const witness = { id: newId(), name: key.name, verifierKey }
    await insertWitness(db, { ...witness, webhook, email, createdAt: now })
    await wakeJob(db, logJobs.checkpoint)
    return { output: witness, event: { ...aboutLog('witness'), after: { ...witness, webhook, email } } }
  },
})

export const endWitness = defineCommand({
  name: 'log.removeWitness',
  summary: 'Take no more cosignatures of a witness; those it gave stay',
  method: 'DELETE',
  path: '/log/witnesses/{id}',
  input: z.strictObject({ id: z.uuid() }),
  output: nothing,
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
    const witness = (await findWitnesses(db)).find(({ verifierKey }) => {
      const { name, keyId } = parseVerifierKey(verifierKey)
      return name === signature.name && keyId === signature.keyId
    })
    if (!witness)
      throw new DomainError('refused', `${signature.name} with key ${signature.keyId} is no witness of this log.`)
    const { text } = parseNote(checkpoint.note)
    const seconds = cosignatureTimestamp(signature.body)
    if (seconds === null || !verifySignature(text, signature, parseVerifierKey(witness.verifierKey)))
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
