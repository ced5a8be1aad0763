import 'server-only'
import type { DatasetRow } from '../datasets/model'
import { kindsOf } from '../names'
import { oscalDocument } from '../oscal/document'
import { oscalSource, unresolvedGapIds } from '../oscal/store'
import { filterText } from './about'
import type { ExportContent, Format } from './model'

/**
 * Documents of OSCAL: gaps as a plan of action and milestones, the coverage of controls as assessment results. Both say
 * more than the rows do, read from the same state.
 */
export const oscalFormat: Format = {
  name: 'oscal',
  title: 'OSCAL',
  extension: 'oscal.json',
  mediaType: 'application/json',
  kinds: kindsOf('oscal'),
  async *write(content) {
    const { db, kind, rows, filter, at } = content
    if (!db) throw new RangeError('OSCAL is written from datasets alone')
    const keys = await keysOf(rows)
    if (kind === 'coverage') {
      const source = oscalSource(db, () => unresolvedGapIds(db), at)
      yield* oscalDocument('assessment-results', source, { at, narrowedTo: null })
    } else {
      const source = oscalSource(db, () => inPages(keys), at)
      yield* oscalDocument('plan-of-action-and-milestones', source, { at, narrowedTo: narrowedTo(filter) })
    }
  },
}

/** The rows are gone through once and a document needs them several times: their keys are kept. */
async function keysOf(rows: AsyncIterable<DatasetRow[]>): Promise<string[]> {
  const keys: string[] = []
  for await (const batch of rows) for (const { key } of batch) keys.push(String(key))
  return keys
}

const pageRows = 500

async function* inPages(keys: readonly string[]): AsyncGenerator<string[]> {
  for (let from = 0; from < keys.length; from += pageRows) yield keys.slice(from, from + pageRows)
}

const narrowedTo = (filter: ExportContent['filter']) => (Object.keys(filter).length === 0 ? null : filterText(filter))
