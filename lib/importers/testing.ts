import type { ImportFile, ParsedImport } from './model'

/** A file as a user would hand it in, for tests. */
export function textFile(name: string, text: string): ImportFile {
  return { name, bytes: new TextEncoder().encode(text) }
}

/** The errors as `file:line field: message`, the way a terminal shows them. */
export function errorLines(parsed: ParsedImport, severity: 'errors' | 'warnings' = 'errors'): string[] {
  return parsed[severity].map(({ file, line, field, message }) => `${file}:${line ?? '-'} ${field ?? '-'}: ${message}`)
}
