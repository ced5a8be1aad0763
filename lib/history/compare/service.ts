import { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { severities } from '@/lib/gaps/model'
import { cutPage, listName, pageInput, startOf } from '@/lib/http/page'
import { layerIds } from '@/lib/layers'
import { defineQuery } from '@/lib/use-cases/define'
import { instantText } from '../instant'
import {
  answeringBy,
  countDifferences,
  type Difference,
  type DifferenceCount,
  findDifferences,
  findReferences,
} from './compare-store'
import type { Span } from './difference-store'
import { type ComparedField, type ComparedKind, comparedKinds, comparisons, type How, hows } from './kinds'
import { comparisonSchema, type DifferenceView, differenceSchema } from './model'
import { spanOf } from './span'
import { type Kept, namesOf, type References, referred, sidesOf } from './values'

const fromText = instantText.describe('The earlier instant, such as 2026-03-03T14:00:00Z, or a date for its end in UTC')
const toText = instantText.describe('The later instant')

const compare = defineQuery({
  name: 'history.compare',
  summary: 'How much of the estate differs between two instants: owners that moved, gaps opened and closed, records',
  method: 'GET',
  path: '/history/compare',
  alwaysPresent: true,
  input: z.strictObject({
    from: fromText.optional().describe('The earlier instant; a week before the other unless named'),
    to: toText.optional().describe('The later instant; now unless named'),
  }),
  output: comparisonSchema,
  async handler({ db, now }, asked) {
    const span = await spanOf(db, asked, now)
    const found = await countDifferences(db, span)
    return {
      from: span.from.toISOString(),
      to: span.to.toISOString(),
      counts: comparedKinds.flatMap((kind) =>
        hows.flatMap((how) => {
          const count = sum(found, kind, how)
          return count === 0 ? [] : [{ kind, how, count }]
        }),
      ),
      movedByLayer: layerIds.map((layer) => ({ layer, moved: sum(found, 'owner', 'moved', layer) })),
      gapsBySeverity: severities.map((severity) => ({
        severity,
        opened: sum(found, 'gap', 'opened', severity),
        closed: sum(found, 'gap', 'closed', severity),
      })),
    }
  },
})

function sum(counts: readonly DifferenceCount[], kind: ComparedKind, how: How, part?: string): number {
  return counts
    .filter((row) => row.kind === kind && row.how === how && (part === undefined || row.part === part))
    .reduce((total, { count }) => total + count, 0)
}

const changes = defineQuery({
  name: 'history.changes',
  summary: 'What of one kind differs between two instants, each with what it was and what it became, field by field',
  method: 'GET',
  path: '/history/changes',
  alwaysPresent: true,
  input: z.strictObject({
    from: fromText,
    to: toText,
    kind: z.enum(comparedKinds),
    how: z.enum(hows).optional().describe('Only what differs in this way'),
    ...pageInput,
  }),
  output: z.object({
    rows: z.array(differenceSchema),
    next: z.string().nullable(),
    names: z
      .object({ people: z.record(z.string(), z.string()), teams: z.record(z.string(), z.string()) })
      .describe('What the people and teams that before and after name are called by now'),
  }),
  async handler({ db, now }, { from, to, kind, how, cursor, limit }) {
    const span = await spanOf(db, { from, to }, now)
    const list = listName('history.changes', { from, to, kind, how })
    const found = await findDifferences(db, { kind, how, span, start: startOf(list, cursor), limit: limit + 1 })
    const { rows, next } = cutPage(list, found, limit, ({ slug, key }) => [slug, key])
    return { next, ...(await told(db, kind, span, rows)) }
  },
})

/** Whom an owner's assignment names, and since when, which the cell itself does not say. */
const answering: readonly ComparedField[] = [
  { name: 'person', column: 'answering_person', holds: 'person' },
  { name: 'since', column: 'answering_since', holds: 'instant' },
]

async function told(db: Db, kind: ComparedKind, span: Span, found: readonly Difference[]) {
  const owners = kind === 'owner'
  const compared = comparisons[kind].fields
  // Which assignment it is says least to a reader: it comes last, and of an owner that is the last field.
  const fields = owners ? [...compared.slice(0, -1), ...answering, ...compared.slice(-1)] : compared
  const rows = owners ? await withAnswering(db, span, found) : found
  const known = await findReferences(
    db,
    referred(
      fields,
      rows.flatMap(({ was, is }) => [was, is]),
    ),
  )
  return { rows: rows.map((row) => viewOf(kind, fields, row, known)), names: namesOf(known) }
}

function viewOf(
  kind: ComparedKind,
  fields: readonly ComparedField[],
  { key, how, slug, name, layer, pageType, pageSlug, was, is }: Difference,
  known: References,
): DifferenceView {
  const page = pageType === null || pageSlug === null ? null : { type: pageType, slug: pageSlug }
  return { key, kind, how, thing: { slug, name, layer, page }, ...sidesOf(fields, was, is, known) }
}

async function withAnswering(db: Db, { from, to }: Span, rows: readonly Difference[]): Promise<Difference[]> {
  const assignments = (side: 'was' | 'is') =>
    rows.flatMap((row) => {
      const id = row[side]?.assignment_id
      return typeof id === 'string' ? [id] : []
    })
  const [then, later] = await Promise.all([
    answeringBy(db, assignments('was'), from),
    answeringBy(db, assignments('is'), to),
  ])
  const filled = (side: Kept | null, by: typeof then): Kept | null => {
    if (side === null) return null
    const answer = typeof side.assignment_id === 'string' ? by.get(side.assignment_id) : undefined
    return { ...side, answering_person: answer?.person ?? null, answering_since: answer?.since ?? null }
  }
  return rows.map((row) => ({ ...row, was: filled(row.was, then), is: filled(row.is, later) }))
}

export const compareUseCases = { 'history.compare': compare, 'history.changes': changes }
