import {
  Composer,
  type Document,
  isAlias,
  isCollection,
  isDocument,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  Parser,
} from 'yaml'
import { importLimits } from '../model'
import type { Path, SourceDocument } from './document'
import { lineAt, lineStarts, type Read, type SourceFault } from './text'

/** Far more open brackets than `depthMax` allows: refused before the parser builds a tree of them. */
const bracketsMax = 1000
const nestedIndicators = /^[ \t]*(?:[-?:][ \t]+){100}/m
/** The parser keeps about a kilobyte for each value; characters that may begin or end one are counted before it runs. */
const tokenCharactersMax = 1_500_000
/** After so many mistakes the rest of a stream tells nothing new. */
const mistakesMax = 100
const tokenCharacters = new Set([...'\n,:[{"\'&*!'].map((character) => character.charCodeAt(0)))

/**
 * Parses a YAML 1.2 stream (core schema: `yes` is text, an unquoted date is text) into its documents. Duplicate keys,
 * unfinished flows and the like are faults with their line; aliases and depth are bounded. Empty documents are left out.
 */
export function parseYaml(text: string): Read<SourceDocument[]> {
  const starts = lineStarts(text)
  const lineOfOffset = (offset: number) => lineAt(starts, offset)
  const excess = excessIn(text)
  if (excess) return refuse(lineOfOffset(excess.offset), excess.message)

  const documents: SourceDocument[] = []
  const faults: SourceFault[] = []
  try {
    for (const document of documentsIn(text)) {
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
      const before = faults.length
      for (const { offset, message } of violationsIn(document.contents, importLimits.depthMax)) {
        faults.push({ line: lineOfOffset(offset), message })
        if (faults.length - before >= importLimits.problemsMax) break
      }
      if (faults.length > before) continue
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

/** The documents of a stream, composed as they are read, so that a stream of nothing but mistakes is left early. */
function* documentsIn(text: string): Generator<Document.Parsed> {
  const composer = new Composer({
    stringKeys: true,
    uniqueKeys: false,
    resolveKnownTags: false,
    logLevel: 'error',
  })
  let mistakes = 0
  for (const token of new Parser().parse(text)) {
    yield* composer.next(token)
    if (token.type === 'error') mistakes += 1
    if (mistakes >= mistakesMax) break
  }
  yield* composer.end()
}

/** A cheap look before parsing, generous to stray brackets in prose, for input made to exhaust the parser. */
function excessIn(text: string): { offset: number; message: string } | null {
  const tooDeep = `Nested deeper than ${importLimits.depthMax} levels`
  const indicators = nestedIndicators.exec(text)
  if (indicators) return { offset: indicators.index, message: tooDeep }
  let open = 0
  let tokens = 0
  for (let offset = 0; offset < text.length; offset += 1) {
    const code = text.charCodeAt(offset)
    if (tokenCharacters.has(code)) tokens += 1
    if (code === 0x5b || code === 0x7b) open += 1
    else if ((code === 0x5d || code === 0x7d) && open > 0) open -= 1
    if (open > bracketsMax) return { offset, message: tooDeep }
    if (tokens > tokenCharactersMax)
      return { offset, message: 'Too many values to read as YAML; write the file as JSON or CSV' }
  }
  return null
}

/** What a document breaks of the limits and of the rule that keys stand once; the parser's own search for the latter takes quadratic time. */
function* violationsIn(node: unknown, levels: number): Generator<{ offset: number; message: string }> {
  if (!isCollection(node)) return
  const offset = node.range?.[0] ?? 0
  if (levels === 0) return yield { offset, message: `Nested deeper than ${importLimits.depthMax} levels` }
  if (node.items.length > importLimits.entriesMax)
    return yield { offset, message: `A list or mapping of more than ${importLimits.entriesMax} entries` }
  const keys = new Set<unknown>()
  for (const item of node.items) {
    if (!isPair(item)) yield* violationsIn(item, levels - 1)
    else {
      const key = isScalar(item.key) ? item.key.value : undefined
      if (keys.has(key)) {
        const at = isNode(item.key) ? item.key.range?.[0] : undefined
        yield {
          offset: at ?? offset,
          message: `Not valid YAML: the key "${String(key).slice(0, 100)}" stands here twice`,
        }
      }
      keys.add(key)
      yield* violationsIn(item.value, levels - 1)
    }
  }
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
