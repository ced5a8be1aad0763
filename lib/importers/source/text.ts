import { type ImportFile, importLimits } from '../model'

/** Why a source cannot be read, and where. */
export interface SourceFault {
  line: number | null
  message: string
}
export type Read<T> = { ok: true; value: T } | { ok: false; faults: SourceFault[] }

const fault = (line: number | null, message: string): Read<never> => ({ ok: false, faults: [{ line, message }] })

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const controlCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

/**
 * The text of a file: UTF-8, or UTF-16 with a byte-order mark, which is taken off. Anything else (another encoding,
 * an archive, a file with control characters) is refused with the line it shows on.
 */
export function decodeText(file: ImportFile): Read<string> {
  const { bytes } = file
  if (bytes.byteLength > importLimits.fileBytesMax)
    return fault(null, `The file has ${bytes.byteLength} bytes; at most ${importLimits.fileBytesMax} are read`)
  const [first, second] = bytes
  if (first === 0x50 && second === 0x4b)
    return fault(1, 'This is a ZIP archive (such as an .xlsx workbook), not a text file')
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  let text: string
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    const line = encoding === 'utf-8' ? lineOfBadByte(bytes) : null
    return fault(line, `Not valid ${encoding.toUpperCase()} text; save the file as UTF-8`)
  }
  const control = controlCharacter.exec(text)
  if (control) {
    const code = control[0].charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()
    return fault(lineStarts(text.slice(0, control.index)).length, `Contains the control character U+${code}; remove it`)
  }
  return { ok: true, value: text }
}

/** The 1-based line of the first byte that is no UTF-8. A newline byte never stands inside a UTF-8 sequence, so lines decode alone. */
function lineOfBadByte(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  for (let start = 0; start < bytes.length; line += 1) {
    const newline = bytes.indexOf(0x0a, start)
    const end = newline === -1 ? bytes.length : newline + 1
    try {
      decoder.decode(bytes.subarray(start, end))
    } catch {
      return line
    }
    start = end
  }
  return line
}

/** Offsets at which the lines of a text begin. */
export function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** The 1-based line on which an offset lies. */
export function lineAt(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? Number.POSITIVE_INFINITY) <= offset) low = middle + 1
    else high = middle
  }
  return low
}
