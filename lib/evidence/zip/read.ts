import { type Extent, type Source, wholeOf } from '../source'
import { Refusal } from '../verify/refusal'
import {
  centralHeader,
  centralHeaderBytes,
  type EntryFacts,
  endRecord,
  endRecordBytes,
  fieldIn,
  firstDifference,
  type Header,
  localHeader,
  localHeaderBytes,
} from './headers'

/** Limits on the container; what is over them is refused before anything is read. */
export const containerLimits = {
  entriesMax: 64,
  nameCharactersMax: 100,
  /** Four gigabytes less one byte: what the offsets of the format without its 64-bit extension reach. */
  bytesMax: 0xffff_fffe,
} as const

/** An entry, and where its content is. */
export interface Entry extends EntryFacts, Extent {}

const nameForm = /^(?:data\/)?[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9]*)+$/
const decoder = new TextDecoder()
const hex = (value: number) => `0x${value.toString(16)}`

function refuse(what: string, expected?: string, found?: string, file?: string): never {
  throw new Refusal('container', what, {
    file: file ?? null,
    ...(expected !== undefined && { expected }),
    ...(found !== undefined && { found }),
  })
}

/**
 * The entries of a bundle in their order. Every byte that is no content is compared with what it has to be, so that
 * nothing hides between, before or behind the entries, and no two readers can read the file differently.
 * @throws Refusal naming the first field that is not as it has to be.
 */
export async function readContainer(source: Source): Promise<Entry[]> {
  const directory = await directoryExtent(source)
  const facts = entriesIn(await wholeOf(source, directory), directory)
  let offset = 0
  const entries: Entry[] = []
  for (const entry of facts) {
    const headerBytes = localHeaderBytes + entry.name.length
    const end = offset + headerBytes + entry.size
    if (end > directory.offset)
      refuse(
        `The content of ${entry.name} would end behind the directory.`,
        `at most ${directory.offset}`,
        `${end}`,
        entry.name,
      )
    const found = await wholeOf(source, { offset, size: headerBytes })
    compare(localHeader(entry), found, `the header before ${entry.name}`, entry.name)
    entries.push({ ...entry, offset: offset + headerBytes })
    offset = end
  }
  if (offset !== directory.offset)
    refuse('There are bytes between the last entry and the directory.', `${offset}`, `${directory.offset}`)
  return entries
}

async function directoryExtent(source: Source): Promise<Extent> {
  if (source.size > containerLimits.bytesMax)
    refuse('The file is too large for a bundle.', `at most ${containerLimits.bytesMax} bytes`, `${source.size} bytes`)
  if (source.size < endRecordBytes)
    refuse('The file is too short for a bundle.', `at least ${endRecordBytes} bytes`, `${source.size} bytes`)
  const last = await wholeOf(source, { offset: source.size - endRecordBytes, size: endRecordBytes })
  const shape = endRecord(0, 0, 0)
  const count = fieldIn(shape, last, 'entries')
  const size = fieldIn(shape, last, 'size of the directory')
  const offset = fieldIn(shape, last, 'offset of the directory')
  compare(endRecord(count, size, offset), last, 'the last 22 bytes (cut off, or something was added)')
  if (count > containerLimits.entriesMax)
    refuse('The directory claims too many entries.', `at most ${containerLimits.entriesMax}`, `${count}`)
  if (offset + size + endRecordBytes !== source.size)
    refuse('The directory does not end where the file does.', `${source.size - endRecordBytes}`, `${offset + size}`)
  const sizeMax = count * (centralHeaderBytes + containerLimits.nameCharactersMax)
  if (size > sizeMax)
    refuse('The directory is larger than its entries can be.', `at most ${sizeMax} bytes`, `${size} bytes`)
  return { offset, size }
}

function entriesIn(directory: Uint8Array, extent: Extent): EntryFacts[] {
  const entries: EntryFacts[] = []
  const names = new Set<string>()
  let local = 0
  let at = 0
  while (at < directory.length) {
    const found = directory.subarray(at)
    const where = `entry ${entries.length + 1} of the directory`
    if (found.length < centralHeaderBytes) refuse(`There are bytes behind the last entry of the directory.`)
    const shape = centralHeader({ name: '', size: 0, crc32: 0 }, 0)
    const nameLength = fieldIn(shape, found, 'length of the name')
    if (nameLength > containerLimits.nameCharactersMax || centralHeaderBytes + nameLength > found.length)
      refuse(
        `The name in ${where} is too long.`,
        `at most ${containerLimits.nameCharactersMax} characters`,
        `${nameLength}`,
      )
    const name = decoder.decode(found.subarray(centralHeaderBytes, centralHeaderBytes + nameLength))
    assertName(name, where)
    if (names.has(name)) refuse(`There are two entries ${name}.`, undefined, undefined, name)
    const entry = { name, size: fieldIn(shape, found, 'size'), crc32: fieldIn(shape, found, 'CRC-32') }
    compare(centralHeader(entry, local), found, `${where}, ${name}`, name)
    names.add(name)
    entries.push(entry)
    local += localHeaderBytes + name.length + entry.size
    if (local > extent.offset)
      refuse(`The content of ${name} would end behind the directory.`, `at most ${extent.offset}`, `${local}`, name)
    at += centralHeaderBytes + nameLength
  }
  return entries
}

function assertName(name: string, where: string): void {
  if (nameForm.test(name)) return
  const why = /^(?:\/|\\|[A-Za-z]:)/.test(name)
    ? 'is absolute'
    : name.split(/[/\\]/).includes('..')
      ? 'leads out of the folder'
      : 'is none that a bundle has'
  refuse(`The name in ${where} ${why}.`, 'such as data/matrix.ndjson', JSON.stringify(name))
}

/** Reasons that people know, for what some fields say when they are not as they have to be. */
function reasonFor(what: string, found: number): string {
  if (what === 'method of compression') return ': it is compressed, and a bundle stores its entries as they are'
  if (what === 'flags' && found & 1) return ': it is encrypted'
  if (what === 'external attributes' && found >>> 28 === 0xa) return ': it is a symbolic link'
  if (found === 0xffff_ffff) return ': it is left to a 64-bit extension that a bundle does not have'
  return ''
}

function compare(header: Header, found: Uint8Array, where: string, file?: string): void {
  const difference = firstDifference(header, found)
  if (difference) {
    const { what, expected } = difference
    refuse(
      `In ${where}, the ${what} is not as it has to be${reasonFor(what, difference.found)}.`,
      hex(expected),
      hex(difference.found),
      file,
    )
  }
  const name = decoder.decode(
    found.subarray(found.length === 0 ? 0 : nameStart(header), nameStart(header) + header.name.length),
  )
  if (name !== header.name) refuse(`In ${where}, the name differs from the directory's.`, header.name, name, file)
}

const nameStart = ({ fields }: Header) => fields.reduce((sum, [, bytes]) => sum + bytes, 0)
