import { z } from 'zod'

const hex = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.int().min(0)
const instant = z.iso.datetime()

/** A signed checkpoint with who else signed it. */
export const checkpointSchema = z.object({
  size: count.describe('How many events it covers'),
  root: hex,
  at: instant,
  note: z.string().describe('The signed note (C2SP tlog-checkpoint), cosignatures included'),
  cosignatures: z.array(z.object({ witness: z.string(), signedAt: instant, receivedAt: instant })),
  state: z
    .object({
      index: count,
      asOf: instant,
      datasets: z.record(z.string(), z.object({ rows: count, root: hex })),
    })
    .nullable()
    .describe('The newest state of the register that it covers'),
})
export type CheckpointView = z.infer<typeof checkpointSchema>

export const witnessSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  verifierKey: z.string().nullable().describe('What it cosigns with; null when it only keeps checkpoints'),
  webhook: z.string().nullable(),
  email: z.string().nullable(),
  repository: z.string().nullable().describe('The git repository to which each checkpoint is pushed as a commit'),
  branch: z.string().nullable(),
  since: instant,
  toldSize: count.describe('Size of the last checkpoint that it was told of'),
  problem: z.string().nullable().describe('Why it could not be told of the newest, if so'),
})
export type WitnessView = z.infer<typeof witnessSchema>

export const verificationSchema = z.object({
  startedAt: instant,
  endedAt: instant,
  size: count,
  findings: count.describe('Places where the audit tables and the log disagree; 0 when all is as it was logged'),
  details: z.array(z.object({ kind: z.string(), where: z.string(), what: z.string() })).describe('The first of them'),
})
export type VerificationView = z.infer<typeof verificationSchema>

export const keySchema = z.object({
  verifierKey: z.string().describe('Name, key id and public key (C2SP signed-note)'),
  keyId: z.string(),
  since: instant,
})

/** What the page of the log shows. */
export const logSchema = z.object({
  origin: z.string().nullable().describe('The name of the log; null before its first checkpoint'),
  size: count.describe('Events in the log'),
  pending: z.boolean().describe('Whether events wait to be logged'),
  newest: checkpointSchema.nullable(),
  keys: z.array(keySchema).describe('The newest first'),
  witnesses: z.array(witnessSchema),
  verification: verificationSchema.nullable(),
})
export type LogView = z.infer<typeof logSchema>

export const inclusionSchema = z.object({
  index: count,
  size: count,
  leaf: hex.describe('The hash of the leaf (RFC 9162, section 2.1.1)'),
  root: hex,
  hashes: z.array(hex).describe('The proof (section 2.1.3)'),
  document: z.string().describe('The leaf document, canonical JSON (RFC 8785), personal values committed'),
})

export const consistencyViewSchema = z.object({
  from: z.object({ size: count, root: hex }),
  to: z.object({ size: count, root: hex }),
  hashes: z.array(hex).describe('The proof (RFC 9162, section 2.1.4)'),
})
