/** A value whose arrays may come page by page. A field that is undefined, or whose pages bring nothing, is left out. */
export type Streamed =
  | null
  | boolean
  | number
  | string
  | readonly Streamed[]
  | Pages
  | { readonly [key: string]: Streamed | undefined }

/** The items of an array, some at a time. */
export type Pages = AsyncIterable<readonly object[]>

const isPages = (value: object): value is Pages => Symbol.asyncIterator in value

/** Whether anything of the value comes page by page; what does not is written at once. */
function isLong(value: Streamed): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (isPages(value)) return true
  return (Array.isArray(value) ? value : Object.values(value)).some((part) => part !== undefined && isLong(part))
}

/** The value as JSON, part by part: no more of it is held in memory than one page of an array. */
export async function* jsonParts(value: Streamed): AsyncGenerator<string> {
  if (typeof value !== 'object' || value === null || !isLong(value)) yield JSON.stringify(value)
  else if (isPages(value)) yield* arrayOf(value, '[', '[]')
  else if (Array.isArray(value)) yield* listOf(value)
  else yield* fieldsOf(value as { readonly [key: string]: Streamed | undefined })
}

async function* listOf(items: readonly Streamed[]): AsyncGenerator<string> {
  let separator = '['
  for (const item of items) {
    yield separator
    yield* jsonParts(item)
    separator = ','
  }
  yield ']'
}

async function* fieldsOf(object: { readonly [key: string]: Streamed | undefined }): AsyncGenerator<string> {
  let separator = '{'
  for (const [key, value] of Object.entries(object)) {
    if (value === undefined) continue
    const opening = `${separator}${JSON.stringify(key)}:`
    if (typeof value === 'object' && value !== null && isPages(value)) {
      let isEmpty = true
      for await (const part of arrayOf(value, `${opening}[`, '')) {
        isEmpty = false
        yield part
      }
      if (isEmpty) continue
    } else {
      yield opening
      yield* jsonParts(value)
    }
    separator = ','
  }
  yield separator === '{' ? '{}' : '}'
}

/** Pages as one array, one item a line; `empty` when they bring nothing. */
async function* arrayOf(pages: Pages, opening: string, empty: string): AsyncGenerator<string> {
  let separator = opening
  for await (const page of pages) {
    if (page.length === 0) continue
    yield `${separator}\n${page.map((item) => JSON.stringify(item)).join(',\n')}`
    separator = ','
  }
  const isEmpty = separator === opening
  if (!isEmpty) yield ']'
  else if (empty !== '') yield empty
}
