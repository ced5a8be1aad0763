import { type ImportFile, importLimits } from '../model'
import type { SourceDocument } from './document'
import { parseJson } from './json'
import { decodeText, type Read } from './text'
import { parseYaml } from './yaml'

/** The documents of a YAML or JSON file: JSON by its extension, or, for a name that tells neither, by how it begins. */
export function readYamlOrJson(file: ImportFile): Read<SourceDocument[]> {
  const text = decodeText(file)
  if (!text.ok) return text
  const isYamlFile = /\.ya?ml$/i.test(file.name)
  if (!/\.json$/i.test(file.name) && (isYamlFile || !/^\s*[{[]/.test(text.value))) return parseYaml(text.value)
  const json = parseJson(text.value)
  return json.ok ? { ok: true, value: [json.value] } : json
}

/** The one document of a JSON file. */
export function readJson(file: ImportFile): Read<SourceDocument> {
  const text = decodeText(file)
  return text.ok ? parseJson(text.value) : text
}

/** A JSON file, or one JSON document a line (`ndjson`), the blank lines left out. */
export function readJsonLines(file: ImportFile): Read<SourceDocument[]> {
  const text = decodeText(file)
  if (!text.ok) return text
  const lines = text.value.split('\n')
  const filled = lines.flatMap((line, index) => (line.trim() === '' ? [] : [{ line, number: index + 1 }]))
  const [first] = filled
  const isLines =
    /\.(?:ndjson|jsonl)$/i.test(file.name) || (filled.length > 1 && first !== undefined && parseJson(first.line).ok)
  if (!isLines) {
    const whole = parseJson(text.value)
    return whole.ok ? { ok: true, value: [whole.value] } : whole
  }
  if (filled.length > importLimits.rowsMax)
    return { ok: false, faults: [{ line: null, message: `More than ${importLimits.rowsMax} lines of JSON` }] }
  const documents: SourceDocument[] = []
  for (const { line, number } of filled) {
    const read = parseJson(line)
    if (!read.ok) return { ok: false, faults: read.faults.map(({ message }) => ({ line: number, message })) }
    documents.push({ value: read.value.value, lineOf: () => number })
  }
  return { ok: true, value: documents }
}
