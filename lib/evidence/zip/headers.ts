/**
 * The headers of a ZIP file (APPNOTE 6.3.10) as a bundle has them: every field follows from the names, the sizes and the
 * contents of the entries. So there is one file for a list of entries, and a reader can tell of each byte what it has to be.
 */

/** An entry as its headers describe it. Nothing is compressed: the size in the file is the size. */
export interface EntryFacts {
  name: string
  size: number
  crc32: number
}

type Field = readonly [what: string, bytes: 2 | 4, value: number]

/** Fields of fixed width, little end first, and the name that follows some of them. */
export interface Header {
  fields: readonly Field[]
  name: string
}

const versionNeeded = 10
/** 1 January 1980, the first day that the format knows. */
const firstDay = 0x0021

const bytesOfName = new TextEncoder()

const shared = ({ name, size, crc32 }: EntryFacts): Field[] => [
  ['version needed', 2, versionNeeded],
  ['flags', 2, 0],
  ['method of compression', 2, 0],
  ['time of change', 2, 0],
  ['day of change', 2, firstDay],
  ['CRC-32', 4, crc32],
  ['compressed size', 4, size],
  ['size', 4, size],
  ['length of the name', 2, name.length],
  ['length of the extra field', 2, 0],
]

/** What stands before the content of an entry (4.3.7). */
export const localHeader = (entry: EntryFacts): Header => ({
  fields: [['signature', 4, 0x04034b50], ...shared(entry)],
  name: entry.name,
})

/** What the directory at the end says of an entry whose local header is at `offset` (4.3.12). */
export const centralHeader = (entry: EntryFacts, offset: number): Header => ({
  fields: [
    ['signature', 4, 0x02014b50],
    ['version made by', 2, versionNeeded],
    ...shared(entry),
    ['length of the comment', 2, 0],
    ['disk', 2, 0],
    ['internal attributes', 2, 0],
    ['external attributes', 4, 0],
    ['offset of the local header', 4, offset],
  ],
  name: entry.name,
})

/** The last bytes of the file (4.3.16). */
export const endRecord = (entries: number, directoryBytes: number, directoryOffset: number): Header => ({
  fields: [
    ['signature', 4, 0x06054b50],
    ['disk', 2, 0],
    ['disk of the directory', 2, 0],
    ['entries on this disk', 2, entries],
    ['entries', 2, entries],
    ['size of the directory', 4, directoryBytes],
    ['offset of the directory', 4, directoryOffset],
    ['length of the comment', 2, 0],
  ],
  name: '',
})

export const localHeaderBytes = 30
export const centralHeaderBytes = 46
export const endRecordBytes = 22

export const sizeOf = ({ fields, name }: Header): number =>
  fields.reduce((sum, [, bytes]) => sum + bytes, 0) + name.length

/** The bytes of a header. Names are ASCII. */
export function encodeHeader(header: Header): Uint8Array {
  const bytes = new Uint8Array(sizeOf(header))
  const view = new DataView(bytes.buffer)
  let offset = 0
  for (const [, width, value] of header.fields) {
    if (width === 2) view.setUint16(offset, value, true)
    else view.setUint32(offset, value, true)
    offset += width
  }
  bytes.set(bytesOfName.encode(header.name), offset)
  return bytes
}

/** The value of a field, by its name, in the bytes of a header of this shape. */
export function fieldIn(header: Header, bytes: Uint8Array, wanted: string): number {
  let offset = 0
  for (const [what, width] of header.fields) {
    if (what === wanted) return numberAt(bytes, offset, width)
    offset += width
  }
  throw new RangeError(`A header has no field "${wanted}"`)
}

/** The first field in which bytes differ from a header, or null when they are its bytes. */
export function firstDifference(header: Header, bytes: Uint8Array) {
  let offset = 0
  for (const [what, width, expected] of header.fields) {
    const found = numberAt(bytes, offset, width)
    if (found !== expected) return { what, expected, found }
    offset += width
  }
  return null
}

function numberAt(bytes: Uint8Array, offset: number, width: 2 | 4): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return width === 2 ? view.getUint16(offset, true) : view.getUint32(offset, true)
}
