import { datasetNames } from './datasets/model'

/** Lists of the API that are exported as they are shown, besides the datasets. */
export const listNames = [
  'people',
  'teams',
  'agents',
  'tools',
  'enforcement-points',
  'bindings',
  'delegations',
  'contracts',
  'exceptions',
  'campaigns',
  'remediations',
] as const
export type ListName = (typeof listNames)[number]

export const exportKinds = [...datasetNames, ...listNames] as const
export type ExportKind = (typeof exportKinds)[number]

export const exportFormats = ['csv', 'xlsx', 'json', 'ndjson', 'pdf', 'sarif', 'oscal'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** What people call the formats. */
export const formatTitles: Readonly<Record<ExportFormat, string>> = {
  csv: 'CSV',
  xlsx: 'Excel',
  json: 'JSON',
  ndjson: 'NDJSON',
  pdf: 'PDF report',
  sarif: 'SARIF',
  oscal: 'OSCAL',
}

/** The kinds that a format carries, where it does not carry all. */
const formatKinds: Readonly<Partial<Record<ExportFormat, readonly ExportKind[]>>> = {
  sarif: ['gaps'],
  oscal: ['gaps', 'coverage'],
}

/** The kinds that a format carries. */
export const kindsOf = (format: ExportFormat): readonly ExportKind[] => formatKinds[format] ?? exportKinds

export const runStates = ['queued', 'running', 'done', 'failed', 'cancelled', 'expired'] as const
export type RunState = (typeof runStates)[number]
