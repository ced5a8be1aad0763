import type { ImportKind } from '@/lib/importers/model'

interface KindWords {
  title: string
  /** What it reads. */
  reads: string
  /** Where such files come from. */
  from: string
  /** Endings of the files it reads. */
  endings: readonly string[]
}

/** What each kind of import is, for somebody who holds a file and wonders. */
export const kindWords: Readonly<Record<ImportKind, KindWords>> = {
  estate: {
    title: 'Estate file',
    reads: 'Everything: people, teams, agents, tools, bindings, owners and contracts',
    from: 'Written by your team and kept in a repository',
    endings: ['.yaml', '.yml', '.json'],
  },
  csv: {
    title: 'Spreadsheet (CSV)',
    reads: 'Bindings with their owners, agents, tools, teams or people; the header says which',
    from: 'Saved as CSV from the spreadsheet you keep today',
    endings: ['.csv', '.tsv'],
  },
  xlsx: {
    title: 'Workbook (Excel)',
    reads: 'The same tables, one a sheet; formulas with the values they had when it was saved',
    from: 'The workbook that you keep today, saved as .xlsx',
    endings: ['.xlsx'],
  },
  backstage: {
    title: 'Backstage catalog',
    reads: 'People, teams and tools, and who is proposed as owner of enforcement',
    from: 'The catalog-info.yaml files of your repositories',
    endings: ['.yaml', '.yml'],
  },
  a2a: {
    title: 'A2A agent cards',
    reads: 'Agents, as discovered: somebody has yet to adopt them',
    from: 'What agents publish at /.well-known/agent-card.json',
    endings: ['.json'],
  },
  'mcp-registry': {
    title: 'MCP servers',
    reads: 'Tools, one for each server',
    from: 'server.json files, or the answer of an MCP registry',
    endings: ['.json', '.jsonl', '.ndjson'],
  },
  'mcp-tools': {
    title: 'MCP tool lists',
    reads: 'Tools with their actions, and which actions write or destroy',
    from: 'What MCP servers answer to tools/list',
    endings: ['.json', '.jsonl', '.ndjson'],
  },
}
