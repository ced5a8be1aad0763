import { importA2a } from './a2a/parse'
import { importBackstage } from './backstage/parse'
import { importCsv } from './csv/parse'
import { importEstate } from './estate/parse'
import { importMcpRegistry } from './mcp-registry/parse'
import { importMcpTools } from './mcp-tools/parse'
import type { Importer, ImportFile, ImportKind, ParsedImport, TextImportKind } from './model'
import { importXlsx } from './xlsx/parse'

/** The importer of each kind of source that is text. */
export const importers: Readonly<Record<TextImportKind, Importer>> = {
  estate: importEstate,
  a2a: importA2a,
  'mcp-registry': importMcpRegistry,
  'mcp-tools': importMcpTools,
  backstage: importBackstage,
  csv: importCsv,
}

/** What is in files of any kind. */
export const readImport = async (kind: ImportKind, files: readonly ImportFile[]): Promise<ParsedImport> =>
  kind === 'xlsx' ? await importXlsx(files) : importers[kind](files)
