import * as z from 'zod/mini'
import type { Digests } from '../digests'
import { type Source, wholeOf } from '../source'
import type { TreeHashing } from '../tree-hashing'
import type { Entry } from '../zip/read'
import { canonicalValueAt, type LineFile } from './lines'
import { type Check, Refusal } from './refusal'

/** A bundle whose container holds. */
export interface OpenedBundle {
  source: Source
  entries: ReadonlyMap<string, Entry>
  digests: Digests
  hashing: TreeHashing
}

const mebibyte = 1024 * 1024
/** What is read as a whole. A proof for every second of a million rows has 34 MB. */
export const wholeBytesMax = { manifest: mebibyte, note: mebibyte, proof: 256 * mebibyte } as const

/** The entry of a name that the manifest has been compared with. */
export function entryOf({ entries }: OpenedBundle, name: string, check: Check): Entry {
  const entry = entries.get(name)
  if (!entry) throw new Refusal(check, `The file ${name} is missing.`, { file: name })
  return entry
}

/** A whole file. @throws Refusal when it is missing or larger than it can be */
export async function bytesOf(bundle: OpenedBundle, name: string, check: Check, bytesMax: number): Promise<Uint8Array> {
  const entry = entryOf(bundle, name, check)
  if (entry.size > bytesMax)
    throw new Refusal(check, 'The file is too large.', {
      file: name,
      expected: `at most ${bytesMax} bytes`,
      found: `${entry.size} bytes`,
    })
  return await wholeOf(bundle.source, entry)
}

/** A file of lines. */
export const linesOf = (bundle: OpenedBundle, name: string, check: Check): LineFile => ({
  ...entryOf(bundle, name, check),
  check,
})

/** A JSON file of a known shape. @throws Refusal naming the field that is wrong */
export async function documentOf<Schema extends z.ZodMiniType>(
  bundle: OpenedBundle,
  { name, check, bytesMax }: { name: string; check: Check; bytesMax: number },
  schema: Schema,
): Promise<z.output<Schema>> {
  const bytes = await bytesOf(bundle, name, check, bytesMax)
  return shaped(canonicalValueAt(bytes, { check, file: name, line: null }), schema, { check, file: name, line: null })
}

/** A value in its shape. @throws Refusal naming the field that is wrong */
export function shaped<Schema extends z.ZodMiniType>(
  value: unknown,
  schema: Schema,
  { check, file, line }: { check: Check; file: string; line: number | null },
): z.output<Schema> {
  const parsed = z.safeParse(schema, value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = issue?.path.length ? `The field "${issue.path.join('.')}"` : 'The document'
  throw new Refusal(check, `${field} is not as it has to be: ${issue?.message ?? 'unknown'}.`, { file, line })
}
