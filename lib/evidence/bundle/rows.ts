import { csvLine } from '@/lib/exporters/csv'
import type { DatasetRow, DatasetValue } from '@/lib/exporters/datasets/model'
import { canonicalBytes, canonicalJson } from '@/lib/transparency/canonical'
import { rowsCopyFile, rowsFile, rowsProofFile } from '../model'
import { MultiProofBuilder } from '../multi-proof'
import { nativeDigests } from '../native-digests'
import { treeHashing } from '../tree-hashing'
import type { BundleDataset } from './contents'
import { hexList } from './hex-list'
import type { Spool, SpooledFile } from './spool'

/** Rows of a dataset that index.html shows. */
const shownRowsMax = 200

/** What became of a dataset. */
export interface WrittenRows {
  dataset: BundleDataset
  files: SpooledFile[]
  /** How many rows the bundle has, of how many there are. */
  count: number
  of: number
  root: Uint8Array
  /** The first rows. */
  shown: DatasetRow[]
}

/** A row that a filter found is not among all rows: the filter reaches further than the dataset. */
export class RowOutsideDataset extends Error {
  readonly key: string

  constructor(key: string) {
    super(`The row ${key} is not in the dataset`)
    this.key = key
  }
}

const hashing = treeHashing(nativeDigests)

/** Writes the chosen rows of a dataset, their proof and a copy as CSV, all in one pass over all of its rows. */
export async function writeRows(
  spool: Spool,
  dataset: BundleDataset,
  onRow: (row: DatasetRow) => void,
): Promise<WrittenRows> {
  const chosen = dataset.chosen && (await keysOf(dataset.chosen()))
  const builder = new MultiProofBuilder(hashing.node)
  const lines = await spool.begin(rowsFile(dataset.name))
  const copy = await spool.begin(rowsCopyFile(dataset.name))
  await copy.write(csvLine(dataset.columns.map(({ id }) => id)))
  const indices: number[] = []
  const shown: DatasetRow[] = []
  let index = 0
  for await (const rows of dataset.all()) {
    for (const row of rows) {
      const bytes = canonicalBytes(row)
      // Each key is met once: those that are left were in no row.
      const isIn = chosen?.delete(String(row.key)) ?? true
      builder.append(hashing.leaf(bytes), isIn)
      index += 1
      if (!isIn) continue
      indices.push(index - 1)
      if (shown.length < shownRowsMax) shown.push(row)
      await lines.write(bytes)
      await lines.write('\n')
      await copy.write(csvLine(dataset.columns.map(({ id }) => cellText(row[id]))))
      onRow(row)
    }
  }
  for (const key of chosen ?? []) throw new RowOutsideDataset(key)
  const { size, root, proof } = builder.finish()
  const isWhole = indices.length === size
  const proofFile = await spool.file(
    rowsProofFile(dataset.name),
    canonicalJson({ rows: size, indices: isWhole ? 'all' : indices, hashes: isWhole ? [] : hexList(proof) }),
  )
  const files = [await lines.end(), proofFile, await copy.end()]
  return { dataset, files, count: indices.length, of: size, root, shown }
}

/** A value as a cell of text. */
export function cellText(value: DatasetValue | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? value.join(', ') : String(value)
}

async function keysOf(rows: AsyncIterable<readonly DatasetRow[]>): Promise<Set<string>> {
  const keys = new Set<string>()
  for await (const batch of rows) for (const { key } of batch) keys.add(String(key))
  return keys
}
