import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import type { Json } from '@/lib/audit/model'
import type { Hash } from '@/lib/transparency/merkle'
import { type RecordedState, rowsFile, rowsProofFile, rowsProofSchema } from '../model'
import { MultiProofBuilder, rootFromMultiProof } from '../multi-proof'
import { HashList } from '../tree-hashing'
import { compareUtf8 } from '../utf8-order'
import { canonicalValueAt, lineBatches, type Place, refuseAt } from './lines'
import { documentOf, linesOf, type OpenedBundle, wholeBytesMax } from './opened'
import { Refusal } from './refusal'

/** A row of a dataset: a flat object with a key of its own. */
export type Row = { readonly [column: string]: Json } & { readonly key: string }

/** How many rows of a dataset are in the bundle, of how many that the log recorded. */
export interface RowsRead {
  dataset: string
  rows: number
  of: number
}

/** Proves the rows of one dataset against the root that the log recorded for it, and tells `onRow` of each. */
export async function verifyRows(
  bundle: OpenedBundle,
  dataset: string,
  state: RecordedState,
  onRow: (row: Row) => void,
): Promise<RowsRead> {
  const check = 'rows'
  const name = rowsProofFile(dataset)
  const recorded = state.datasets[dataset]
  if (!recorded)
    throw new Refusal(check, `The recorded state has no dataset "${dataset}".`, { file: rowsFile(dataset) })
  const proof = await documentOf(bundle, { name, check, bytesMax: wholeBytesMax.proof }, rowsProofSchema)
  if (proof.rows !== recorded.rows)
    throw new Refusal(check, 'The proof speaks of another number of rows than the recorded state.', {
      file: name,
      expected: `${recorded.rows}`,
      found: `${proof.rows}`,
    })
  const hashes = proof.hashes.map(hexToBytes)
  const { indices } = proof
  const tree = indices === 'all' ? wholeTree(bundle) : partOfTree(bundle, proof.rows, indices)
  const count = await readRows(bundle, dataset, (row, hash) => {
    tree.append(hash)
    onRow(row)
  })
  const expected = indices === 'all' ? proof.rows : indices.length
  if (count !== expected)
    throw new Refusal(check, 'There are more or fewer rows than the proof is for.', {
      file: rowsFile(dataset),
      expected: `${expected}`,
      found: `${count}`,
    })
  const root = tree.root(hashes)
  if (!root) throw new Refusal(check, 'The proof has too few or too many hashes for its rows.', { file: name })
  if (bytesToHex(root) !== recorded.root)
    throw new Refusal(check, 'The rows and their proof do not lead to the root that the log recorded.', {
      file: name,
      expected: recorded.root,
      found: bytesToHex(root),
    })
  return { dataset, rows: count, of: proof.rows }
}

interface RowTree {
  append(hash: Hash): void
  root(proof: readonly Hash[]): Hash | null
}

/** All rows: nothing has to be kept, and the proof has to be empty. */
function wholeTree({ hashing }: OpenedBundle): RowTree {
  const builder = new MultiProofBuilder(hashing.node)
  return {
    append: (hash) => builder.append(hash, true),
    root: (proof) => (proof.length === 0 ? builder.finish().root : null),
  }
}

function partOfTree({ hashing }: OpenedBundle, size: number, indices: readonly number[]): RowTree {
  const hashes = new HashList()
  return {
    append: (hash) => hashes.push(hash),
    root: (proof) =>
      rootFromMultiProof({ size, indices, leafAt: (position) => hashes.at(position) }, proof, hashing.node),
  }
}

async function readRows(bundle: OpenedBundle, dataset: string, onRow: (row: Row, hash: Hash) => void): Promise<number> {
  const check = 'rows'
  const file = rowsFile(dataset)
  let count = 0
  let before: string | null = null
  for await (const lines of lineBatches(bundle.source, linesOf(bundle, file, check))) {
    for (const bytes of lines) {
      count += 1
      const place = { check, file, line: count } as const
      const row = rowOf(canonicalValueAt(bytes, place), place)
      if (before !== null && compareUtf8(before, row.key) >= 0)
        throw new Refusal(check, 'The rows are not in the order of their keys, each once.', {
          file,
          line: count,
          expected: `a key after "${before}"`,
          found: `"${row.key}"`,
        })
      before = row.key
      onRow(row, bundle.hashing.leaf(bytes))
    }
  }
  return count
}

const isRow = (value: Json): value is Row & { [column: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && typeof value.key === 'string'

const rowOf = (value: Json, place: Place): Row =>
  isRow(value) ? value : refuseAt(place, 'A row is an object with a text "key".')
