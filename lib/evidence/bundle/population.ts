import 'server-only'
import { systemActor } from '@/lib/access/model'
import type { Reading } from '@/lib/db/reading'
import { datasets } from '@/lib/exporters/datasets'
import type { DatasetRow } from '@/lib/exporters/datasets/model'
import { DomainError } from '@/lib/use-cases/errors'
import { fieldProblems } from '@/lib/use-cases/run'
import type { BundleDatasetName } from '../names'
import type { BundleDataset } from './contents'

/** Whose rows they are: the log's, so that they are the same for everybody who may have a bundle. */
const reader = systemActor('log')

/** The filter as a dataset takes it. @throws DomainError invalid_input naming what it does not know */
export function datasetFilter(name: BundleDatasetName, filter: Readonly<Record<string, string>>): unknown {
  const parsed = datasets[name].filter.safeParse(filter)
  if (parsed.success) return parsed.data
  const fields = fieldProblems(parsed.error).map(({ field, message }) => ({ field: `filter.${field}`, message }))
  const [first] = fields
  const detail = `${first?.field ?? 'filter'}: ${first?.message ?? 'Not valid'} (for ${name}). Make a bundle of the datasets that know it.`
  throw new DomainError('invalid_input', detail, { fields })
}

/** A dataset as it was when its state was recorded. */
export function populationOf(
  reading: Reading,
  name: BundleDatasetName,
  { filter, asOf }: { filter: Readonly<Record<string, string>>; asOf: Date },
): BundleDataset {
  const { title, description, columns, rows } = datasets[name]
  const context = { db: reading, now: asOf, actor: reader }
  const withFilter = (chosen: Readonly<Record<string, string>>): AsyncIterable<DatasetRow[]> =>
    rows(context, datasetFilter(name, chosen))
  return {
    name,
    title,
    description,
    columns,
    all: () => withFilter({}),
    chosen: Object.keys(filter).length === 0 ? null : () => withFilter(filter),
  }
}
