import type { Estate, EstateCollection } from './estate/model'

/** Kinds whose files are text. */
export const textImportKinds = ['estate', 'a2a', 'mcp-registry', 'mcp-tools', 'backstage', 'csv'] as const
export type TextImportKind = (typeof textImportKinds)[number]

export const importKinds = [...textImportKinds, 'xlsx'] as const
export type ImportKind = (typeof importKinds)[number]

/** Limits of one import. */
export const importLimits = {
  fileBytesMax: 20 * 1024 * 1024,
  rowsMax: 100_000,
  depthMax: 64,
  yamlAliasesMax: 100,
  problemsMax: 1000,
  /** Entries of one list or mapping, and lists and mappings of one document: what a file made to exhaust memory has more of. */
  entriesMax: 100_000,
  containersMax: 1_000_000,
  /** What a workbook unpacks to at most, however little it says that it will. */
  unpackedBytesMax: 100 * 1024 * 1024,
} as const

/** One file handed to an importer; `name` is what the user called it and is only ever shown, never opened. */
export interface ImportFile {
  name: string
  bytes: Uint8Array
}

/** What is wrong (or odd) and where: 1-based line of the file, `field` as a path such as `agents[2].slug`, null where it cannot be told. */
export interface ImportProblem {
  file: string
  line: number | null
  field: string | null
  message: string
}

/** Where an entity stands: its file, line, and its path there, such as `agents[2]`, where the format has one. */
export type Position = Omit<ImportProblem, 'message'>

/** Where each entity of the parsed estate came from: key `collection/index`. */
export type Positions = ReadonlyMap<`${EstateCollection}/${number}`, Position>

/** What an importer makes of its files. With any error the import is refused whole. */
export interface ParsedImport {
  estate: Estate
  positions: Positions
  errors: ImportProblem[]
  warnings: ImportProblem[]
}

/** An importer: pure, never throws on bad input, never reads anything but what it is given. */
export type Importer = (files: readonly ImportFile[]) => ParsedImport
