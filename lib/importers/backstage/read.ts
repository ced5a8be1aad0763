import type { ImportFile } from '../model'
import { type Collector, type Origin, originIn } from '../source/collector'
import { isRecord, type Path, recordOf, textOf } from '../source/document'
import { readYamlOrJson } from '../source/read'
import { defaultNamespace, isTemplated } from './refs'

type Fields = Readonly<Record<string, unknown>>

/** One entity of a catalog: the envelope that all kinds share. */
export interface CatalogEntity {
  /** In lower case; kinds are compared without case. */
  kind: string
  name: string
  namespace: string
  metadata: Fields
  spec: Fields
  origin: Origin
}

/** Where the fields of our entities stand in a catalog's. */
const places: Readonly<Record<string, Path>> = {
  id: ['metadata', 'name'],
  slug: ['metadata', 'name'],
  name: ['metadata', 'name'],
  description: ['metadata', 'description'],
  email: ['spec', 'profile', 'email'],
  contact: ['spec', 'profile', 'email'],
  owner: ['spec', 'owner'],
  members: ['spec', 'members'],
  memberOf: ['spec', 'memberOf'],
}

/** The entities of a catalog file: documents of a YAML stream, or lists of entities as the catalog's own API answers. */
export function readCatalog(file: ImportFile, collector: Collector): CatalogEntity[] {
  const read = readYamlOrJson(file)
  if (!read.ok) {
    collector.faults(file.name, read.faults)
    return []
  }
  if (read.value.length === 0) collector.faults(file.name, [{ line: 1, message: 'The file is empty' }])
  return read.value.flatMap((document) => {
    const { value } = document
    const items: readonly unknown[] = Array.isArray(value) ? value : [value]
    return items.flatMap((item, index) => {
      const origin = originIn(file.name, document, Array.isArray(value) ? [index] : [], places)
      return entityOf(item, origin, collector) ?? []
    })
  })
}

function entityOf(item: unknown, origin: Origin, collector: Collector): CatalogEntity | undefined {
  const record = recordOf(item)
  const kind = textOf(record.kind)
  if (!isRecord(item) || kind === undefined || !isRecord(record.metadata)) {
    const keys = Object.keys(record).slice(0, 12).join(', ').slice(0, 200)
    collector.error(
      origin,
      [],
      `Not an entity of a catalog: it lacks kind or metadata${keys ? ` (it has ${keys})` : ''}`,
    )
    return undefined
  }
  const { metadata } = record
  const name = textOf(metadata.name)
  if (name === undefined) {
    collector.error(origin, ['slug'], `This ${kind.slice(0, 60)} has no name`)
    return undefined
  }
  if (isTemplated(name)) {
    collector.warning(
      origin,
      ['slug'],
      `The name "${name.slice(0, 100)}" is a template's placeholder; the ${kind.slice(0, 60)} is left out`,
    )
    return undefined
  }
  const namespace = textOf(metadata.namespace)?.toLowerCase() ?? defaultNamespace
  return { kind: kind.toLowerCase(), name, namespace, metadata, spec: recordOf(record.spec), origin }
}
