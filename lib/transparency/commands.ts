import 'server-only'
import { z } from 'zod'
import { wakeJob } from '@/lib/jobs/wake'
import { defineCommand } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { logJobs } from './jobs'
import { openSigners, rotateKeyFile } from './signing'

const nothing = z.object({})

/** What an event of the log itself is about. */
export const aboutLog = (subjectId: string) => ({ subjectType: 'log', subjectId })

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
