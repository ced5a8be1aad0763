import { createHash } from 'node:crypto'
import { bytesToHex } from '@noble/hashes/utils.js'
import { systemActor } from '@/lib/access/model'
import type { Json } from '@/lib/audit/model'
import type { Reader } from '@/lib/db/reading'
import { datasets } from '@/lib/exporters/datasets'
import { canonicalJson } from './canonical'
import { CompactTree } from './merkle'

/** Datasets whose every row a state root binds. */
export const stateDatasets = ['matrix', 'gaps', 'assignments', 'certifications'] as const
export type StateDataset = (typeof stateDatasets)[number]

/** What one dataset was: how many rows, and the root over all of them in the order of their keys. */
export interface DatasetRoot {
  rows: number
  root: string
}

export type StateRoots = Record<StateDataset, DatasetRoot>

/** Where the rows of the register come from, in the order of their keys (UTF-8 bytes). */
export type StateSource = (db: Reader, asOf: Date, dataset: StateDataset) => AsyncIterable<{ [column: string]: Json }[]>

/** The rows that exports are made of. */
export const registerSource: StateSource = (db, asOf, name) => {
  const dataset = datasets[name]
  return dataset.rows({ db, now: asOf, actor: systemActor('log') }, dataset.filter.parse({}), 'key')
}

/** As leafHash, by the quicker hash of the server: there may be a million rows. */
const rowHash = (row: { [column: string]: Json }): Uint8Array =>
  new Uint8Array(createHash('sha256').update('\0').update(canonicalJson(row)).digest())

/** The roots over all rows of the register, in constant memory. */
export async function stateRoots(db: Reader, asOf: Date, source: StateSource = registerSource): Promise<StateRoots> {
  const rootOfDataset = async (name: StateDataset): Promise<DatasetRoot> => {
    const tree = new CompactTree()
    for await (const rows of source(db, asOf, name)) for (const row of rows) tree.append(rowHash(row))
    return { rows: tree.size, root: bytesToHex(tree.root()) }
  }
  // One after another: they share a connection.
  return {
    matrix: await rootOfDataset('matrix'),
    gaps: await rootOfDataset('gaps'),
    assignments: await rootOfDataset('assignments'),
    certifications: await rootOfDataset('certifications'),
  }
}
