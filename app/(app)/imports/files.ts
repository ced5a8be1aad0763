import { type ImportKind, importLimits } from '@/lib/importers/model'
import { kindWords } from './kinds'

export interface ChosenFile {
  /** Its path inside a dropped folder, else its name; tells the files of one import apart. */
  name: string
  file: File
}

const megabyte = 1024 * 1024
const filesMax = 1000
const nameMax = 200
/** What one request carries, a third more by then for its encoding. */
const totalBytesMax = 23 * megabyte

/** "4.2 MB", "12 KB". */
export function sizeText(bytes: number): string {
  return bytes < megabyte ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / megabyte).toFixed(1)} MB`
}

/** The file under the name it is shown and reported with. */
export function chosen(file: File & { path?: string }): ChosenFile {
  const path = (file.path || file.name).replace(/^\.?\//, '')
  // The end of a long path tells more than its beginning.
  return { name: path.length > nameMax ? `…${path.slice(1 - nameMax)}` : path, file }
}

/** The files with more added; one that is chosen again replaces what it was. */
export function withMore(files: readonly ChosenFile[], more: readonly ChosenFile[]): ChosenFile[] {
  const names = new Set(more.map(({ name }) => name))
  return [...files.filter(({ name }) => !names.has(name)), ...more]
}

const orList = new Intl.ListFormat('en', { type: 'disjunction' })

/** Why this kind of import cannot read the file, or null. */
export function unfit({ name, file }: ChosenFile, kind: ImportKind): string | null {
  const { title, endings } = kindWords[kind]
  if (!endings.some((ending) => name.toLowerCase().endsWith(ending)))
    return `Not read as ${title}: such files end in ${orList.format(endings)}`
  if (file.size > importLimits.fileBytesMax)
    return `Too large: ${sizeText(file.size)}, at most ${sizeText(importLimits.fileBytesMax)} a file`
  return file.size === 0 ? 'Empty' : null
}

/** `true` when the files can be sent as one import, or why not. */
export function canSend(files: readonly ChosenFile[], kind: ImportKind): true | string {
  if (files.length === 0) return 'Choose a file first.'
  if (files.length > filesMax) return `These are ${files.length} files; one import takes ${filesMax}.`
  if (files.some((file) => unfit(file, kind) !== null)) return 'Remove the files that cannot be read.'
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0)
  if (bytes > totalBytesMax)
    return `These files have ${sizeText(bytes)} together; one import takes ${sizeText(totalBytesMax)}. Import fewer at a time.`
  return true
}

/** A file as a request carries it. */
export async function encoded({ name, file }: ChosenFile): Promise<{ name: string; contentBase64: string }> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(new Error(`${name} could not be read. Was it moved or changed? Choose it again.`))
    reader.readAsDataURL(file)
  })
  return { name, contentBase64: url.slice(url.indexOf(',') + 1) }
}
