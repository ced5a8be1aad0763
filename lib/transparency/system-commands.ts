import { z } from 'zod'
import { defineCommand } from '@/lib/use-cases/define'
import { stateDatasets } from './state'

const root = z.strictObject({ rows: z.int().min(0), root: z.string().regex(/^[0-9a-f]{64}$/) })

/** Records the roots over all rows of the register as they were at an instant. */
export const recordState = defineCommand({
  name: 'log.state',
  summary: 'Record the state of the register in the log',
  method: 'POST',
  path: '/log/states',
  input: z.strictObject({ asOf: z.iso.datetime({ precision: 3 }), datasets: z.record(z.enum(stateDatasets), root) }),
  output: z.object({}),
  handler: async (_, state) => ({ output: {}, event: { subjectType: 'register', subjectId: 'state', after: state } }),
})

/** Records that another key signs from now on: both are named, and both sign the next checkpoint. */
export const recordKeyChange = defineCommand({
  name: 'log.keyChanged',
  summary: 'Record that another key signs the log',
  method: 'POST',
  path: '/log/key-changes',
  input: z.strictObject({ from: z.string(), to: z.string() }),
  output: z.object({}),
  handler: async (_, { from, to }) => ({
    output: {},
    event: { subjectType: 'log', subjectId: 'key', before: { key: from }, after: { key: to } },
  }),
})
