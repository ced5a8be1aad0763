import { z } from 'zod'
import { commaList } from '@/lib/http/page'
import { doors } from './model'

export const actorKinds = ['account', 'token', 'system'] as const
export type ActorKind = (typeof actorKinds)[number]

/** The kinds of things that have a history of their own, by the names that events give them. */
const historyKinds = [
  'agent',
  'tool',
  'team',
  'person',
  'enforcement_point',
  'binding',
  'assignment',
  'contract',
  'gap',
  'campaign',
  'settings',
] as const
type HistoryKind = (typeof historyKinds)[number]

/** Whose history: "agent:claims-payer", or the kind with an id. */
interface About {
  kind: HistoryKind
  key: string
}

const aboutSchema = z
  .string()
  .max(300)
  .regex(new RegExp(`^(${historyKinds.join('|')}):.+$`), `Say what kind of thing and which, such as agent:claims-payer`)
  .transform((text): About => {
    const kind = historyKinds.find((known) => text.startsWith(`${known}:`))
    if (kind === undefined) throw new Error(`Not a kind with a history: ${text}`)
    return { kind, key: text.slice(kind.length + 1) }
  })
  .describe('All that happened to a thing and what belongs to it: kind:slug or kind:id, such as agent:claims-payer')

/** What narrows the audit log. */
export const auditFilterShape = {
  actor: z.string().min(1).max(200).optional().describe('Id of an account, or the name of a part of Pentarch itself'),
  actorKind: commaList(z.enum(actorKinds)).optional(),
  action: z
    .string()
    .max(500)
    .regex(/^[a-zA-Z.*,]+$/, 'Actions are named as in assignments.create, a group of them as in assignments.*')
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .optional()
    .describe('Actions, or groups of them such as `assignments.*`, separated by commas'),
  subjectType: z.string().min(1).max(200).optional().describe('Such as agent, tool, team, person, binding, assignment'),
  subjectId: z.string().min(1).max(200).optional().describe('Id of the subject; needs `subjectType`'),
  about: aboutSchema.optional(),
  door: commaList(z.enum([...doors, 'unknown'])).optional(),
  from: z.iso.datetime({ offset: true }).optional().describe('From this instant on'),
  until: z.iso.datetime({ offset: true }).optional().describe('Before this instant'),
  requestId: z.string().min(1).max(200).optional().describe('All that one request did'),
  after: z.number().int().min(0).optional().describe('Recorded after the event of this sequence: what is new'),
}
export type AuditFilter = { [Key in keyof typeof auditFilterShape]?: z.output<(typeof auditFilterShape)[Key]> }
