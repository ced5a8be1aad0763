import { OutboundError } from './errors'

/** Deepest nesting of an answer. JSON.parse takes more, what walks the value after it may not. */
const depthMax = 32

/** The bytes of an answer, up to the limit. @throws OutboundError `too_large`. */
export async function readLimited(body: AsyncIterable<unknown>, bytesMax: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) continue
    size += chunk.byteLength
    if (size > bytesMax)
      throw new OutboundError('too_large', `Its answer is larger than ${Math.round(bytesMax / 1024)} KB.`)
    chunks.push(Buffer.from(chunk))
  }
  return Buffer.concat(chunks)
}

/** The JSON of an answer: UTF-8 and bounded in depth (RFC 7493). @throws OutboundError `malformed`. */
export function parseJson(bytes: Uint8Array): unknown {
  const malformed = (what: string) => new OutboundError('malformed', what)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw malformed('Its answer is not UTF-8.')
  }
  if (depthOf(text) > depthMax) throw malformed(`Its answer is nested more than ${depthMax} levels deep.`)
  try {
    return JSON.parse(text)
  } catch {
    throw malformed('Its answer is not JSON.')
  }
}

/** How deep a JSON text nests, without parsing it. */
function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]
    if (inString) {
      if (character === '\\') index += 1
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === '{' || character === '[') deepest = Math.max(deepest, ++depth)
    else if (character === '}' || character === ']') depth -= 1
  }
  return deepest
}
