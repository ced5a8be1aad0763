import { importA2a } from './a2a/parse'
import { importBackstage } from './backstage/parse'
import { importCsv } from './csv/parse'
import { importEstate } from './estate/parse'
import { importMcpRegistry } from './mcp-registry/parse'
import { importMcpTools } from './mcp-tools/parse'
import type { Importer, ImportKind } from './model'

/** The importer of each kind of source. */
export const importers: Readonly<Record<ImportKind, Importer>> = {
  estate: importEstate,
  a2a: importA2a,
  'mcp-registry': importMcpRegistry,
  'mcp-tools': importMcpTools,
  backstage: importBackstage,
  csv: importCsv,
}
