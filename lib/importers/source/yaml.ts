import {
  type Document,
  isAlias,
  isCollection,
  isDocument,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
} from 'yaml'
import { importLimits } from '../model'
import type { Path, SourceDocument } from './document'
import { lineAt, lineStarts, type Read, type SourceFault } from './text'

/** Far more open brackets than `depthMax` allows: refused before the parser builds a tree of them. */
const bracketsMax = 1000
const nestedIndicators = /^[ \t]*(?:[-?:][ \t]+){100}/m

/**
 * Parses a YAML 1.2 stream (core schema: `yes` is text, an unquoted date is text) into its documents. Duplicate keys,
 * unfinished flows and the like are faults with their line; aliases and depth are bounded. Empty documents are left out.
 */
export function parseYaml(text: string): Read<SourceDocument[]> {
  const starts = lineStarts(text)
  const lineOfOffset = (offset: number) => lineAt(starts, offset)
  const tooDeep = deepOffset(text)
  if (tooDeep !== null) return refuse(lineOfOffset(tooDeep), `Nested deeper than ${importLimits.depthMax} levels`)

  const documents: SourceDocument[] = []
  const faults: SourceFault[] = []
  try {
    const stream = parseAllDocuments(text, {
      lineCounter: new LineCounter(),
      prettyErrors: false,
      stringKeys: true,
      resolveKnownTags: false,
      logLevel: 'error',
    })
    for (const document of Array.isArray(stream) ? stream : []) {
      for (const error of document.errors)
        faults.push({
          line: lineOfOffset(error.pos[0]),
          message: `Not valid YAML: ${yamlWords[error.code] ?? error.message}`,
        })
      for (const warning of document.warnings)
        faults.push({ line: lineOfOffset(warning.pos[0]), message: `Not valid here: ${warning.message}` })
      if (document.errors.length > 0 || document.contents === null) continue
      if (isScalar(document.contents) && document.contents.value === null) continue
      const start = lineOfOffset(document.contents.range?.[0] ?? 0)
      if (isDeeperThan(document.contents, importLimits.depthMax)) {
        faults.push({ line: start, message: `Nested deeper than ${importLimits.depthMax} levels` })
        continue
      }
      try {
        const value: unknown = document.toJS({ maxAliasCount: importLimits.yamlAliasesMax })
        documents.push({ value, lineOf: (path) => lineOfOffset(offsetOf(document, path)) })
      } catch {
        faults.push({
          line: start,
          message: `Aliases are used wrongly, or more than ${importLimits.yamlAliasesMax} times`,
        })
      }
    }
  } catch (error) {
    // The parser descends by recursion; a stack that overflows is a document nested beyond any use.
    if (!(error instanceof RangeError)) throw error
    return refuse(null, `Nested deeper than ${importLimits.depthMax} levels`)
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: documents }
}

/** The parser's words where they would puzzle a reader. */
const yamlWords: Readonly<Record<string, string>> = {
  NON_STRING_KEY: 'A mapping or list stands where a key is expected; is this a template that was not filled in?',
}

const refuse = (line: number | null, message: string): Read<never> => ({ ok: false, faults: [{ line, message }] })

/** A cheap look before parsing, generous to stray brackets in prose, for input made to exhaust the parser. */
function deepOffset(text: string): number | null {
  const indicators = nestedIndicators.exec(text)
  if (indicators) return indicators.index
  let open = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x5b || code === 0x7b) {
      open += 1
      if (open > bracketsMax) return at
    } else if ((code === 0x5d || code === 0x7d) && open > 0) open -= 1
  }
  return null
}

function isDeeperThan(node: unknown, levels: number): boolean {
  if (!isCollection(node)) return false
  if (levels === 0) return true
  const children = isMap(node) ? node.items.map((pair) => pair.value) : node.items
  return children.some((child) => isDeeperThan(child, levels - 1))
}

function offsetOf(document: Document.Parsed, path: Path): number {
  let node: unknown = document.contents
  let offset = document.contents?.range?.[0] ?? 0
  for (const part of path) {
    if (isAlias(node) && isDocument(document)) node = node.resolve(document)
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part))
      if (!pair) break
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset
      node = pair.value
    } else if (isSeq(node)) {
      const item = typeof part === 'number' ? node.items[part] : undefined
      if (!isNode(item)) break
      offset = item.range?.[0] ?? offset
      node = item
    } else break
  }
  return offset
}
