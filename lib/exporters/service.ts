import { z } from 'zod'
import { type EstateCollection, estateCollections } from '@/lib/importers/estate/model'
import { defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { directExportUseCases } from './direct'
import { entityOf } from './estate/entities'
import { exportedRows } from './estate/store'
import { estateFormats, writers } from './estate/text'
import { exportRunUseCases } from './runs/service'

/** Entities a part: what is held in memory at a time, here and at the caller's. */
const entitiesPerPart = 500

/** Where the next part begins: after which entity of which collection; no id at the beginning of one. */
const cursorSchema = z.tuple([z.enum(estateCollections), z.uuid().nullable()])
type Cursor = z.infer<typeof cursorSchema>

const exportEstate = defineQuery({
  name: 'estate.export',
  summary: 'The registry as an estate file, part by part: the parts one after the other are the file',
  method: 'GET',
  path: '/estate',
  input: z.strictObject({
    format: z.enum(estateFormats).default('yaml'),
    cursor: z.string().max(200).optional().describe('The `next` of the part before'),
  }),
  output: z.object({
    text: z.string(),
    next: z.string().nullable().describe('Null after the last part'),
  }),
  async handler(context, { format, cursor }) {
    const writer = writers[format]
    const from = cursor === undefined ? ([estateCollections[0], null] as const) : cursorOf(cursor)
    const { text, next } = await partFrom(context, from, writer)
    return {
      text: `${cursor === undefined ? writer.begin : ''}${text}${next ? '' : writer.end}`,
      next: next && Buffer.from(JSON.stringify(next)).toString('base64url'),
    }
  },
})

async function partFrom({ db }: UseCaseContext, [first, after]: Readonly<Cursor>, writer: (typeof writers)['yaml']) {
  let text = ''
  let room = entitiesPerPart
  let from = after
  for (const collection of collectionsFrom(first)) {
    const rows = await exportedRows(db, collection, from, room)
    const entities = rows.map(({ fields }) => entityOf(fields))
    if (entities.length > 0) text += writer.entities(collection, entities, from === null)
    const last = rows.at(-1)
    if (last && rows.length === room) return { text, next: [collection, last.id] satisfies Cursor }
    if (from !== null || last) text += writer.endCollection
    room -= rows.length
    from = null
  }
  return { text, next: null }
}

const collectionsFrom = (first: EstateCollection) => estateCollections.slice(estateCollections.indexOf(first))

function cursorOf(text: string): Cursor {
  const parsed = cursorSchema.safeParse(jsonIn(Buffer.from(text, 'base64url').toString()))
  if (parsed.success) return parsed.data
  throw new DomainError('invalid_input', 'cursor: Not one that an earlier part gave.')
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const exportUseCases = { 'estate.export': exportEstate, ...directExportUseCases, ...exportRunUseCases }
