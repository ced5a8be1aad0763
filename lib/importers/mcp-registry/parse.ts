import { slugFrom } from '@/lib/registry/slug-from'
import { actionsFrom, areTools, withoutRepeats } from '../mcp-tools/actions'
import { type Importer, type ImportFile, importLimits, type ParsedImport } from '../model'
import { Collector, type Origin, originIn } from '../source/collector'
import { isRecord, type Path, recordOf, type SourceDocument, textOf } from '../source/document'
import { proseFrom } from '../source/prose'
import { readJson } from '../source/read'
import {
  displayNameOf,
  independentPrivilegesOf,
  isBlank,
  isLatest,
  refusalOf,
  type ServerJson,
  serverPaths,
} from './server'

/** A server as a file describes it; a registry lists one entry per version. */
interface Candidate {
  server: ServerJson
  origin: Origin
  latest: boolean
}

/**
 * Reads descriptions of MCP servers: `server.json` of every schema version, server cards, lists of them and the answers of a
 * registry. Each server is one tool; its slug is made from its whole name, which a registry keeps unique.
 */
export const importMcpRegistry: Importer = (files) => {
  const run = new McpRegistryImport()
  for (const file of files) run.file(file)
  return run.result(files)
}

class McpRegistryImport {
  private readonly collector = new Collector()
  private readonly candidates = new Map<string, Candidate>()

  file(file: ImportFile): void {
    const read = readJson(file)
    if (!read.ok) {
      this.collector.faults(file.name, read.faults)
      return
    }
    const paths = serverPaths(read.value.value)
    if (paths.length > importLimits.rowsMax)
      this.collector.faults(file.name, [
        { line: 1, message: `One import reads at most ${importLimits.rowsMax} servers` },
      ])
    else for (const path of paths) this.entry(file.name, read.value, path)
  }

  result(files: readonly ImportFile[]): ParsedImport {
    for (const [slug, { server, origin }] of this.candidates) {
      const { tools } = server
      const listed =
        Array.isArray(tools) && areTools(tools)
          ? withoutRepeats(actionsFrom(tools, this.collector, origin, ['actions']))
          : null
      if (listed && listed.repeated.length > 0)
        this.collector.warning(
          origin,
          ['actions'],
          `${listed.repeated.length} tools are there twice, such as "${listed.repeated[0]?.slice(0, 100)}"; the first of each is kept`,
        )
      const tool = {
        slug,
        name: displayNameOf(server),
        kind: 'mcp_tool',
        description: proseFrom(server.description, this.collector, origin, ['description']),
        independentPrivileges: independentPrivilegesOf(server),
        lifecycle: textOf(server.status) === 'deleted' ? 'retired' : undefined,
        actions: listed?.actions,
      }
      this.collector.add('tools', tool, origin)
    }
    this.collector.refuseEmpty(files, 'Nothing to import: no MCP server is described in these files')
    return this.collector.result()
  }

  private entry(file: string, document: SourceDocument, path: Path): void {
    let server: unknown = document.value
    let parent: unknown
    for (const part of path) {
      parent = server
      server = typeof server === 'object' && server !== null ? Reflect.get(server, part) : undefined
    }
    const title = textOf(recordOf(server).title) === undefined ? 'name' : 'title'
    const origin = originIn(file, document, path, { slug: ['name'], name: [title], actions: ['tools'] })
    if (path.length > 0 && isBlank(server)) {
      this.collector.warning(origin, [], 'A blank entry; it is left out')
      return
    }
    const refusal = refusalOf(server)
    if (!isRecord(server) || refusal !== null) {
      this.collector.error(
        origin,
        [],
        `Not the description of an MCP server: ${refusal ?? 'expected a mapping of keys'}`,
      )
      return
    }
    if (/[<>{}$]/.test(textOf(server.name) ?? '')) {
      this.collector.error(origin, ['slug'], "The name is a template's placeholder; put the real one in its place")
      return
    }
    const slug = slugFrom(textOf(server.name) ?? '')
    if (slug === undefined) {
      this.collector.error(origin, ['slug'], 'No slug can be made from the name; it has no letter or digit for one')
      return
    }
    this.choose(slug, { server, origin, latest: isLatest(server, recordOf(parent)._meta) })
  }

  /** Of several versions of one server the one marked as latest counts, else the one that stands last. */
  private choose(slug: string, candidate: Candidate): void {
    const other = this.candidates.get(slug)
    if (other && textOf(other.server.name) !== textOf(candidate.server.name)) {
      this.collector.error(
        candidate.origin,
        ['slug'],
        `Two servers would share the slug "${slug}": "${textOf(other.server.name)}" in ${other.origin.file}, line ${other.origin.lineOf([])}, is the other`,
      )
      return
    }
    const kept = other?.latest && !candidate.latest ? other : candidate
    if (other) {
      const left = kept === other ? candidate : other
      this.collector.warning(
        left.origin,
        [],
        `The server "${slug}" is described more than once; this description is left out`,
      )
    }
    this.candidates.set(slug, kept)
  }
}
