import type { Json } from '@/lib/audit/model'
import { canonicalJson } from '@/lib/transparency/canonical'
import { chunksOf, type Extent, type Source } from '../source'
import { type Check, Refusal } from './refusal'

/** Limits on what is parsed. */
export const jsonLimits = { lineBytesMax: 4 * 1024 * 1024, depthMax: 64 } as const

const lineBreak = 0x0a

/** A file of lines, and the check that reads it. */
export interface LineFile extends Extent {
  name: string
  check: Check
}

/**
 * The lines of a file without their line breaks, in batches. Every line ends in a line break, the last one too.
 * @throws Refusal when the last does not, or one is too long
 */
export async function* lineBatches(source: Source, file: LineFile): AsyncGenerator<Uint8Array[]> {
  let rest = new Uint8Array()
  let line = 1
  for await (const chunk of chunksOf(source, file)) {
    const bytes = rest.length === 0 ? chunk : joined(rest, chunk)
    const lines: Uint8Array[] = []
    let start = 0
    for (let end = bytes.indexOf(lineBreak); end >= 0; end = bytes.indexOf(lineBreak, start)) {
      lines.push(bytes.subarray(start, end))
      start = end + 1
    }
    rest = bytes.slice(start)
    line += lines.length
    if (rest.length > jsonLimits.lineBytesMax)
      throw new Refusal(file.check, `The line is longer than ${jsonLimits.lineBytesMax} bytes.`, {
        file: file.name,
        line,
      })
    if (lines.length > 0) yield lines
  }
  if (rest.length > 0)
    throw new Refusal(file.check, 'The last line does not end in a line break.', { file: file.name, line })
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}

/** Where a text stands, for the refusal of it. */
export interface Place {
  check: Check
  file: string
  line: number | null
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Refuses what stands at a place. */
export function refuseAt(
  { check, file, line }: Place,
  what: string,
  values: { expected?: string; found?: string } = {},
): never {
  throw new Refusal(check, what, { file, line, ...values })
}

/** Bytes as text. @throws Refusal when they are not UTF-8. */
export function textAt(bytes: Uint8Array, place: Place): string {
  try {
    return decoder.decode(bytes)
  } catch {
    return refuseAt(place, 'This is not UTF-8.')
  }
}

/** The value of canonical JSON (RFC 8785). @throws Refusal when it is not JSON, too deep, or written in another way. */
export function canonicalValueAt(bytes: Uint8Array, place: Place): Json {
  const text = textAt(bytes, place)
  const value = jsonIn(text)
  if (value === undefined) return refuseAt(place, 'This is not JSON.', { found: text })
  const form = formOf(value, 0)
  if (form === 'deep') refuseAt(place, `The JSON is nested deeper than ${jsonLimits.depthMax}.`)
  // Almost always the quick way: with keys in order, what JavaScript writes is the canonical form.
  const isQuick = form === 'sorted' && !text.includes('\\ud') && JSON.stringify(value) === text
  if (isQuick) return value
  const canonical = canonicalOf(value)
  if (canonical !== text)
    refuseAt(place, 'The JSON is not in its canonical form (RFC 8785).', {
      expected: canonical ?? 'text that is well-formed',
      found: text,
    })
  return value
}

function jsonIn(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** Null for what has no canonical form: half of a surrogate pair. */
function canonicalOf(value: Json): string | null {
  try {
    return canonicalJson(value)
  } catch {
    return null
  }
}

type Form = 'sorted' | 'unsorted' | 'deep'

function formOf(value: Json, depth: number): Form {
  if (value === null || typeof value !== 'object') return 'sorted'
  if (depth === jsonLimits.depthMax) return 'deep'
  let form: Form = 'sorted'
  if (Array.isArray(value)) {
    for (const item of value) form = worse(form, formOf(item, depth + 1))
    return form
  }
  let before = ''
  for (const key in value) {
    if (key < before) form = worse(form, 'unsorted')
    before = key
    form = worse(form, formOf(value[key] ?? null, depth + 1))
  }
  return form
}

function worse(one: Form, other: Form): Form {
  if (one === 'deep' || other === 'deep') return 'deep'
  return one === 'unsorted' ? one : other
}
