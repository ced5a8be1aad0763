import { slugFrom } from '@/lib/registry/slug-from'
import type { Importer } from '../model'
import { Collector, type Origin, originIn } from '../source/collector'
import { isRecord, listOf, type Path, recordOf, type SourceDocument, textOf } from '../source/document'
import { proseFrom } from '../source/prose'
import { readJson } from '../source/read'
import { identityOf } from './identity'

type Card = Readonly<Record<string, unknown>>

/**
 * Reads A2A agent cards (versions 0.2, 0.3 and 1.0): one a file, a list, or a list under `agents`. Each is an agent that
 * somebody runs and nobody here has adopted yet: lifecycle `discovered`. A card's URL says where an agent answers, not who
 * it is, so it is no identity.
 */
export const importA2a: Importer = (files) => {
  const collector = new Collector()
  const addresses = new Map<string, string | undefined>()
  for (const file of files) {
    const read = readJson(file)
    if (!read.ok) collector.faults(file.name, read.faults)
    else for (const path of cardPaths(read.value)) collectCard(collector, addresses, file.name, read.value, path)
  }
  return collector.result()
}

/** Where the cards of a document stand. */
function cardPaths({ value }: SourceDocument): Path[] {
  if (Array.isArray(value)) return value.length > 0 ? value.map((_, index) => [index]) : [[]]
  const agents = listOf(recordOf(value).agents)
  return agents.length > 0 && !('skills' in recordOf(value)) ? agents.map((_, index) => ['agents', index]) : [[]]
}

function collectCard(
  collector: Collector,
  addresses: Map<string, string | undefined>,
  file: string,
  document: SourceDocument,
  path: Path,
): void {
  const origin = originIn(file, document, path, { slug: ['name'], purpose: ['description'] })
  let card: unknown = document.value
  for (const part of path) card = typeof card === 'object' && card !== null ? Reflect.get(card, part) : undefined
  const refusal = refusalOf(card)
  if (!isRecord(card) || refusal !== null) {
    collector.error(origin, [], `Not an A2A agent card: ${refusal ?? 'expected a mapping of keys'}`)
    return
  }
  const { name } = card
  const address = addressOf(card)
  const slug = slugFrom(textOf(name) ?? '') ?? slugFrom(hostOf(address) ?? '')
  if (slug === undefined) {
    collector.error(origin, ['name'], 'No slug can be made from the name; it has no letter or digit for one')
    return
  }
  const { identity, warning } = identityOf(card)
  if (warning) collector.warning(origin, ['securitySchemes'], warning)
  const agent = {
    slug,
    name,
    lifecycle: 'discovered',
    purpose: purposeOf(card, collector, origin),
    identity,
  }
  // The same card at its two well-known places is one agent; two agents that share a name have to be told apart by people.
  const isSame = addresses.has(slug) && addresses.get(slug) === address
  if (collector.add('agents', agent, origin, isSame ? 'keep-first' : 'refuse')) addresses.set(slug, address)
}

/** Why a value is no card, or null. Every version has a name, a description, an address and a list of skills. */
function refusalOf(card: unknown): string | null {
  if (!isRecord(card)) return 'expected a mapping of keys'
  const missing = ['name', 'description'].filter((key) => textOf(card[key]) === undefined)
  if (!Array.isArray(card.skills)) missing.push('skills')
  if (addressOf(card) === undefined) missing.push('url or supportedInterfaces')
  if (missing.length === 0) return null
  const keys = Object.keys(card).slice(0, 12).join(', ').slice(0, 200)
  return `it lacks ${missing.join(', ')} (it has ${keys || 'nothing'})`
}

function addressOf(card: Card): string | undefined {
  const interfaces = [...listOf(card.supportedInterfaces), ...listOf(card.additionalInterfaces)]
  return textOf(card.url) ?? interfaces.map((item) => textOf(recordOf(item).url)).find((url) => url !== undefined)
}

function hostOf(address: string | undefined): string | undefined {
  return address !== undefined && URL.canParse(address) ? new URL(address).hostname : undefined
}

/** What the card says the agent is for, and the names of its skills. */
function purposeOf(card: Card, collector: Collector, origin: Origin): string | undefined {
  const skills = listOf(card.skills).flatMap((skill) => {
    const name = textOf(skill) ?? textOf(recordOf(skill).name) ?? textOf(recordOf(skill).id)
    return name === undefined ? [] : [name.replace(/\s+/g, ' ')]
  })
  const description = textOf(card.description) ?? ''
  const named = skills.length > 0 ? `\n\nSkills: ${skills.join('; ')}` : ''
  return proseFrom(description + named, collector, origin, ['description'])
}
