import type { Known } from '@/lib/registry/model'
import { isRecord, listOf, recordOf, textOf } from '../source/document'

export type ServerJson = Readonly<Record<string, unknown>>

const secretsDepthMax = 12

/** Why a value describes no MCP server, or null. */
export function refusalOf(value: unknown): string | null {
  if (!isRecord(value)) return 'expected a mapping of keys'
  if (isJsonSchema(value)) return 'this is a JSON Schema, which says how such files look, and not a server'
  const isServer =
    ['packages', 'remotes', 'version_detail', 'serverInfo'].some((key) => key in value) || isServerSchema(value.$schema)
  if (!isServer && Array.isArray(value.skills)) return 'this looks like an A2A agent card; import it as such'
  if (!isServer && (isRecord(value.dependencies) || isRecord(value.scripts))) return 'this is the manifest of a package'
  const missing = ['name', ...(isServer ? [] : ['description'])].filter((key) => textOf(value[key]) === undefined)
  if (!isServer && textOf(value.version) === undefined) missing.push('version, packages or remotes')
  if (missing.length === 0) return null
  const keys = Object.keys(value).slice(0, 12).join(', ').slice(0, 200)
  return `it lacks ${missing.join(', ')} (it has ${keys || 'nothing'})`
}

const isServerSchema = (schema: unknown): boolean => /\/server(?:\.schema)?\.json$/.test(textOf(schema) ?? '')

function isJsonSchema(value: ServerJson): boolean {
  return (
    /json-schema\.org/.test(textOf(value.$schema) ?? '') ||
    (isRecord(value.properties) && textOf(value.type) === 'object')
  )
}

/** Whether an entry of a list holds no text at all in the fields that describe it, as registries have left behind. */
export function isBlank(value: unknown): boolean {
  return (
    isRecord(value) &&
    'name' in value &&
    [value.id, value.name, value.description].every((field) => textOf(field) === undefined)
  )
}

/** The name people read: the title, else what stands behind the slash of `io.github.someone/weather`. */
export function displayNameOf(server: ServerJson): string {
  const name = textOf(server.name) ?? ''
  return textOf(server.title) ?? textOf(recordOf(server.serverInfo).title) ?? name.split('/').at(-1) ?? name
}

/**
 * Whether a server acts with power of its own. One that is given a secret (an environment variable, an argument or a header
 * marked as secret, in any version of the file) does; of any other the file cannot tell.
 */
export function independentPrivilegesOf(server: ServerJson): Known {
  return holdsSecret(server.packages, 0) || holdsSecret(server.remotes, 0) ? 'yes' : 'unknown'
}

function holdsSecret(value: unknown, depth: number): boolean {
  if (depth > secretsDepthMax) return false
  if (Array.isArray(value)) return value.some((item) => holdsSecret(item, depth + 1))
  if (!isRecord(value)) return false
  return (
    value.isSecret === true ||
    value.is_secret === true ||
    Object.values(value).some((item) => holdsSecret(item, depth + 1))
  )
}

/** Whether the file calls itself the latest version of its server. */
export function isLatest(server: ServerJson, meta: unknown): boolean {
  if (recordOf(server.version_detail).is_latest === true) return true
  return [recordOf(meta), recordOf(server._meta)].some((record) =>
    Object.values(record).some((part) => recordOf(part).isLatest === true),
  )
}

/** Where servers stand in a document: the document itself, a list, or the list of a registry's answer (each perhaps wrapped as `server`). */
export function serverPaths(value: unknown): (readonly (string | number)[])[] {
  const wrap = (items: readonly unknown[], base: readonly (string | number)[]) =>
    items.map((item, index) => (isRecord(recordOf(item).server) ? [...base, index, 'server'] : [...base, index]))
  if (Array.isArray(value)) return value.length > 0 ? wrap(value, []) : [[]]
  const { servers, server } = recordOf(value)
  if (listOf(servers).length > 0) return wrap(listOf(servers), ['servers'])
  return isRecord(server) ? [['server']] : [[]]
}
