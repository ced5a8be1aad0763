import { slugFrom } from '@/lib/registry/slug-from'
import { type Importer, type ImportFile, importLimits, type ParsedImport } from '../model'
import { Collector, type Origin, originIn } from '../source/collector'
import { isRecord, listOf, type Path, recordOf, type SourceDocument, textOf } from '../source/document'
import { proseFrom } from '../source/prose'
import { readJsonLines } from '../source/read'
import { actionsFrom, areTools, type McpAction, withoutRepeats } from './actions'
import { serverOfFileName } from './server-name'

/** What is known of one MCP server so far. */
interface Server {
  slug: string
  name: string
  description?: string | undefined
  actions?: McpAction[]
  origin: Origin
}

/**
 * Reads what MCP servers answer to `tools/list`: a plain result, JSON-RPC responses (one or several pages, also a line
 * each), or a dump that keeps servers by name; `initialize` results beside them say what a server calls itself. Each server
 * is one tool, and its tools are the actions. A result does not name its server, so the file name does where nothing else
 * tells.
 */
export const importMcpTools: Importer = (files) => {
  const run = new McpToolsImport()
  for (const file of files) run.file(file)
  return run.result(files)
}

class McpToolsImport {
  private readonly collector = new Collector()
  private readonly servers = new Map<string, Server>()

  file(file: ImportFile): void {
    const read = readJsonLines(file)
    if (!read.ok) {
      this.collector.faults(file.name, read.faults)
      return
    }
    const { value: documents } = read
    const [first] = documents
    if (documents.length === 1 && first && this.keyedServers(file.name, first)) return

    const info = documents
      .map((document) => recordOf(resultOf(document.value).serverInfo))
      .find((found) => textOf(found.name))
    const server = this.serverFor(file.name, textOf(info?.name) ?? serverOfFileName(file.name), info, documents)
    if (!server) return
    let pages = 0
    let cursor: unknown
    for (const document of documents)
      for (const path of pagePaths(document)) {
        if (this.page(file.name, document, path, server)) {
          pages += 1
          cursor = resultOf(valueAt(document, path)).nextCursor
        }
      }
    if (pages > 0 && textOf(cursor))
      this.collector.warning(
        server.origin,
        [],
        'The last page names a further page (nextCursor); the list is not complete',
      )
  }

  result(files: readonly ImportFile[]): ParsedImport {
    for (const { slug, name, description, actions, origin } of this.servers.values()) {
      const { actions: kept, repeated } = withoutRepeats(actions ?? [])
      if (repeated.length > 0)
        this.collector.warning(
          origin,
          [],
          `${repeated.length} of its tools came before by the same name, such as "${repeated[0]?.slice(0, 100)}"; the first of each is kept`,
        )
      this.collector.add('tools', { slug, name, kind: 'mcp_tool', description, actions: actions && kept }, origin)
    }
    this.collector.refuseEmpty(files, 'Nothing to import: no MCP server is described in these files')
    return this.collector.result()
  }

  /** A file that keeps servers by name (`{"filesystem": {"serverInfo": …}, …}`); answers whether this is one. */
  private keyedServers(file: string, document: SourceDocument): boolean {
    if (!isRecord(document.value)) return false
    const entries = Object.entries(document.value).slice(0, importLimits.rowsMax)
    if (
      entries.length === 0 ||
      !entries.every(([, value]) => isRecord(value) && (isRecord(value.serverInfo) || isToolList(value.tools)))
    )
      return false
    for (const [key, value] of entries) {
      const dump = recordOf(value)
      const origin = originIn(file, document, [key], { slug: [], name: ['serverInfo', 'name'], actions: ['tools'] })
      const server = this.server(key, recordOf(dump.serverInfo), origin)
      if (!server) this.collector.error(origin, [], `No slug can be made from the name "${key.slice(0, 100)}"`)
      else if (isToolList(dump.tools)) this.take(server, dump.tools, origin)
    }
    return true
  }

  private serverFor(
    file: string,
    name: string | undefined,
    info: Readonly<Record<string, unknown>> | undefined,
    documents: readonly SourceDocument[],
  ): Server | undefined {
    const [document] = documents
    const root = originIn(file, document ?? { lineOf: () => 1 }, [], { slug: [], name: [], actions: ['tools'] })
    if (
      !documents.some((candidate) => pagePaths(candidate).length > 0 || isRecord(resultOf(candidate.value).serverInfo))
    ) {
      this.collector.error(root, [], reasonAgainst(documents))
      return undefined
    }
    const server = name === undefined ? undefined : this.server(name, info, root)
    if (!server) this.collector.error(root, [], 'Nothing here names the server; call the file SERVER.tools-list.json')
    return server
  }

  /** The server of this name, as known from other files or new. */
  private server(name: string, info: Readonly<Record<string, unknown>> = {}, origin: Origin): Server | undefined {
    const slug = slugFrom(name)
    if (slug === undefined) return undefined
    const title = textOf(info.title)
    const description = proseFrom(info.description, this.collector, origin, [])
    const known = this.servers.get(slug)
    if (known) {
      if (title !== undefined) known.name = title
      known.description ??= description
      return known
    }
    const server: Server = { slug, name: title ?? name, description, origin }
    this.servers.set(slug, server)
    return server
  }

  /** Takes the tools of one page; a JSON-RPC error in its place is an error of the import. */
  private page(file: string, document: SourceDocument, path: Path, server: Server): boolean {
    const value = valueAt(document, path)
    const origin = originIn(file, document, path)
    const error = recordOf(value).error
    if (error !== undefined) {
      this.collector.error(
        origin,
        ['error'],
        `The server answered with an error: ${textOf(recordOf(error).message)?.slice(0, 200) ?? 'no message'}`,
      )
      return false
    }
    const tools = Array.isArray(value) ? value : listOf(resultOf(value).tools)
    this.take(server, tools, originIn(file, document, path, { actions: toolsPath(value) }))
    return true
  }

  private take(server: Server, tools: readonly unknown[], origin: Origin): void {
    if (tools.length === 0) this.collector.warning(origin, ['actions'], `The server "${server.slug}" lists no tools`)
    const actions = actionsFrom(tools, this.collector, origin, ['actions'])
    // The place of the tools says more than the place of a name.
    if (server.actions === undefined) server.origin = origin
    server.actions ??= []
    for (const action of actions) server.actions.push(action)
  }
}

const isToolList = (value: unknown): value is readonly unknown[] => Array.isArray(value) && areTools(value)

/** The result inside a JSON-RPC response, or the value itself. */
function resultOf(value: unknown): Readonly<Record<string, unknown>> {
  const record = recordOf(value)
  return isRecord(record.result) ? record.result : record
}

/** Where the pages of a document stand: the document, or the responses it lists. */
function pagePaths({ value }: SourceDocument): Path[] {
  if (isPage(value)) return [[]]
  if (!Array.isArray(value)) return []
  if (value.length > 0 && value.every((item) => isRecord(item) && 'inputSchema' in item)) return [[]]
  return value.flatMap((item, index) => (isPage(item) ? [[index]] : []))
}

function isPage(value: unknown): boolean {
  if (!isRecord(value)) return false
  return isToolList(resultOf(value).tools) || (textOf(value.jsonrpc) !== undefined && isRecord(value.error))
}

function toolsPath(value: unknown): Path {
  if (Array.isArray(value)) return []
  return isRecord(recordOf(value).result) ? ['result', 'tools'] : ['tools']
}

function valueAt({ value }: SourceDocument, path: Path): unknown {
  const [index] = path
  return typeof index === 'number' ? listOf(value)[index] : value
}

function reasonAgainst(documents: readonly SourceDocument[]): string {
  const [first] = documents
  if (!first) return 'The file is empty'
  const keys = Object.keys(recordOf(first.value)).slice(0, 12).join(', ').slice(0, 200)
  return `Not a tools/list result: there is no list of tools in it${keys ? ` (it has ${keys})` : ''}`
}
