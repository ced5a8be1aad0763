import type { Importer } from '../model'
import { Collector, originIn } from '../source/collector'
import { isRecord, type SourceDocument } from '../source/document'
import { readYamlOrJson } from '../source/read'
import { checkEstate } from './checks'
import { estateCollections } from './model'

const header: readonly (readonly [key: string, expected: string])[] = [
  ['apiVersion', 'pentarch/v1'],
  ['kind', 'Estate'],
]
const rootKeys = new Set<string>([...header.map(([key]) => key), ...estateCollections])

/**
 * Reads estate files (`pentarch/v1`), YAML of one document or several, or JSON. All documents of all files are one
 * estate: an entity that stands in two places is an error that names both.
 */
export const importEstate: Importer = (files) => {
  const collector = new Collector()
  for (const file of files) {
    const read = readYamlOrJson(file)
    if (!read.ok) collector.faults(file.name, read.faults)
    else if (read.value.length === 0)
      collector.faults(file.name, [
        { line: 1, message: 'The file is empty; an estate begins with "apiVersion: pentarch/v1"' },
      ])
    else for (const document of read.value) collectDocument(collector, file.name, document)
  }
  checkEstate(collector)
  return collector.result()
}

function collectDocument(collector: Collector, file: string, document: SourceDocument): void {
  const root = originIn(file, document, [])
  const { value } = document
  if (!isRecord(value)) {
    collector.error(root, [], 'Not an estate: expected a mapping that begins with "apiVersion: pentarch/v1"')
    return
  }
  const wrong = header.filter(([key, expected]) => value[key] !== expected)
  for (const [key, expected] of wrong)
    collector.error(
      root,
      [key],
      key in value ? `Expected "${key}: ${expected}"` : `"${key}: ${expected}" is missing; is this an estate file?`,
    )
  // What does not call itself an estate would only be reported key by key.
  if (wrong.length > 0) return

  for (const key of Object.keys(value))
    if (!rootKeys.has(key))
      collector.error(root, [key], `Unknown key "${key.slice(0, 100)}"; an estate has ${estateCollections.join(', ')}`)
  for (const collection of estateCollections) {
    const items = value[collection]
    if (items === undefined) continue
    if (!Array.isArray(items)) {
      collector.error(root, [collection], 'Expected a list')
      continue
    }
    for (const [index, item] of items.entries())
      collector.add(collection, item, originIn(file, document, [collection, index]))
  }
}
