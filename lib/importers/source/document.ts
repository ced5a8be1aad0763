/** Where something stands in a document: keys and indexes from the root. */
export type Path = readonly PropertyKey[]

/** One parsed document with the lines its parts stand on. */
export interface SourceDocument {
  value: unknown
  /** The 1-based line of the key or item at this path; of its nearest ancestor when the path names nothing. */
  lineOf(path: Path): number
}

/** A path as people write it: `agents[2].slug`. */
export function fieldOf(path: Path): string | null {
  let field = ''
  for (const part of path) field += typeof part === 'number' ? `[${part}]` : field ? `.${String(part)}` : String(part)
  return field || null
}

/** Whether a value is a mapping (an object that is no list). */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value as text when it is non-blank text. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

/** The value as a list; anything else is an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The value as a mapping; anything else is an empty one. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {}
}
