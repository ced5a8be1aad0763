import { importLimits } from '../model'
import type { Path, SourceDocument } from './document'
import { lineAt, lineStarts, type Read } from './text'

/** Offsets of the members of each list and mapping. */
type Offsets = WeakMap<object, Map<PropertyKey, number> | number[]>

class JsonFault extends Error {
  readonly offset: number
  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

const whitespace = /[ \t\n\r]*/y
const numberToken = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const literals = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const

/**
 * Parses JSON (RFC 8259) and knows the line of every part. `JSON.parse` tells neither where a value stands nor, for many
 * mistakes, where the mistake is; it also drops duplicate keys in silence, where this refuses them.
 */
export function parseJson(text: string, startOffset = 0): Read<SourceDocument> {
  const starts = lineStarts(text)
  const offsets: Offsets = new WeakMap()
  try {
    const value = new Reader(text, offsets, startOffset).document()
    return { ok: true, value: { value, lineOf: (path) => lineAt(starts, offsetOf(value, path, offsets, text)) } }
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error
    return { ok: false, faults: [{ line: lineAt(starts, error.offset), message: `Not valid JSON: ${error.message}` }] }
  }
}

function offsetOf(root: unknown, path: Path, offsets: Offsets, text: string): number {
  let offset = Math.max(text.search(/\S/), 0)
  let value = root
  for (const part of path) {
    if (typeof value !== 'object' || value === null) break
    const places = offsets.get(value)
    const found = places instanceof Map ? places.get(part) : places?.[Number(part)]
    if (found === undefined) break
    offset = found
    value = Reflect.get(value, part)
  }
  return offset
}

/** A recursive descent; its depth is bounded by the limits of an import. */
class Reader {
  private at: number
  private depth = 0
  private containers = 0

  constructor(
    private readonly text: string,
    private readonly offsets: Offsets,
    startOffset: number,
  ) {
    this.at = startOffset
  }

  document(): unknown {
    this.skipBlank()
    if (this.at === this.text.length) this.fail('the file is empty')
    const value = this.value()
    this.skipBlank()
    if (this.at < this.text.length) this.fail(`unexpected ${this.here()} after the end of the document`)
    return value
  }

  private value(): unknown {
    const character = this.text[this.at]
    if (character === '{') return this.nested(() => this.object())
    if (character === '[') return this.nested(() => this.array())
    if (character === '"') return this.string()
    for (const [word, value] of literals) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length
        return value
      }
    }
    numberToken.lastIndex = this.at
    const number = numberToken.exec(this.text)
    if (!number) return this.fail(`expected a value, found ${this.here()}`)
    this.at = numberToken.lastIndex
    return Number(number[0])
  }

  private nested<T>(read: () => T): T {
    if (this.depth >= importLimits.depthMax) this.fail(`nested deeper than ${importLimits.depthMax} levels`)
    this.depth += 1
    this.containers += 1
    if (this.containers > importLimits.containersMax)
      this.fail(`more than ${importLimits.containersMax} lists and mappings`)
    const value = read()
    this.depth -= 1
    return value
  }

  private object(): unknown {
    const entries = new Map<string, unknown>()
    const places = new Map<PropertyKey, number>()
    this.at += 1
    this.skipBlank()
    while (this.text[this.at] !== '}') {
      if (entries.size > 0) this.separator('}')
      if (entries.size >= importLimits.entriesMax) this.fail(`a mapping of more than ${importLimits.entriesMax} keys`)
      const keyAt = this.at
      if (this.text[keyAt] !== '"') this.fail(`expected a key in double quotes, found ${this.here()}`)
      const key = this.string()
      if (entries.has(key)) this.fail(`the key "${key.slice(0, 100)}" stands here twice`, keyAt)
      this.skipBlank()
      if (this.text[this.at] !== ':') this.fail(`expected ":", found ${this.here()}`)
      this.at += 1
      this.skipBlank()
      entries.set(key, this.value())
      places.set(key, keyAt)
      this.skipBlank()
    }
    this.at += 1
    // fromEntries defines own properties, so that a key named __proto__ is data like any other.
    const object: object = Object.fromEntries(entries)
    this.offsets.set(object, places)
    return object
  }

  private array(): unknown[] {
    const items: unknown[] = []
    const places: number[] = []
    this.at += 1
    this.skipBlank()
    while (this.text[this.at] !== ']') {
      if (items.length > 0) this.separator(']')
      if (items.length >= importLimits.entriesMax) this.fail(`a list of more than ${importLimits.entriesMax} entries`)
      places.push(this.at)
      items.push(this.value())
      this.skipBlank()
    }
    this.at += 1
    this.offsets.set(items, places)
    return items
  }

  private separator(closing: string): void {
    if (this.text[this.at] !== ',') this.fail(`expected "," or "${closing}", found ${this.here()}`)
    const comma = this.at
    this.at += 1
    this.skipBlank()
    if (this.text[this.at] === closing) this.fail(`a comma before "${closing}"`, comma)
  }

  private string(): string {
    const start = this.at
    let end = start + 1
    let plain = true
    for (; ; end += 1) {
      const code = this.text.charCodeAt(end)
      if (code === 0x22) break
      if (code === 0x5c) {
        plain = false
        end += 1
      } else if (Number.isNaN(code)) this.fail('a string that never ends', start)
      else if (code < 0x20) this.fail('a line break or control character inside a string', end)
    }
    this.at = end + 1
    if (plain) return this.text.slice(start + 1, end)
    try {
      return String(JSON.parse(this.text.slice(start, this.at)))
    } catch {
      return this.fail('a wrong escape sequence in a string', start)
    }
  }

  private skipBlank(): void {
    whitespace.lastIndex = this.at
    whitespace.exec(this.text)
    this.at = whitespace.lastIndex
  }

  private here(): string {
    const character = this.text[this.at]
    return character === undefined ? 'the end of the file' : `"${character}"`
  }

  private fail(message: string, offset = this.at): never {
    throw new JsonFault(message, offset)
  }
}
