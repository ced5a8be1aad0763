/**
 * Every address of a page is built here, so that no page spells out another page's path.
 * Filters, sort, grouping and columns are part of an address: any view can be sent to a colleague.
 */

type QueryValue = string | number | boolean | readonly string[] | null | undefined
/** What may stand after the question mark. Lists become one comma-separated value; empty values are left out. */
export type Query = { readonly [name: string]: QueryValue }

/** What the rows of the matrix are. */
export const matrixRows = ['bindings', 'agents', 'tools'] as const
export type MatrixRows = (typeof matrixRows)[number]

/** The view of the matrix: which rows, narrowed how, in what order, with which columns. */
export type MatrixQuery = {
  readonly rows?: MatrixRows | undefined
  readonly text?: string | undefined
  readonly team?: string | readonly string[] | undefined
  readonly layer?: string | readonly string[] | undefined
  readonly state?: string | readonly string[] | undefined
  readonly risk?: string | readonly string[] | undefined
  readonly environment?: string | readonly string[] | undefined
  readonly kind?: string | readonly string[] | undefined
  readonly status?: string | readonly string[] | undefined
  readonly agent?: string | undefined
  readonly tool?: string | undefined
  readonly sort?: string | undefined
  readonly group?: string | undefined
  readonly columns?: readonly string[] | undefined
}

/** The view of the list of gaps. */
export type GapsQuery = {
  readonly rule?: string | readonly string[] | undefined
  readonly layer?: string | readonly string[] | undefined
  readonly severity?: string | readonly string[] | undefined
  readonly state?: string | readonly string[] | undefined
  readonly team?: string | readonly string[] | undefined
  readonly agent?: string | undefined
  readonly tool?: string | undefined
  readonly binding?: string | undefined
  readonly point?: string | undefined
  readonly assignee?: string | undefined
  readonly overdue?: 'yes' | 'no' | undefined
  readonly framework?: string | undefined
  /** `framework:control` */
  readonly control?: string | undefined
  readonly text?: string | undefined
  readonly sort?: string | undefined
}

/** What an export is of, narrowed how, in which order, as what. */
export type ExportFileQuery = {
  readonly kind: string
  readonly format: string
  readonly filter: Readonly<Record<string, string>>
  readonly sort?: string | undefined
  readonly columns?: string | undefined
  readonly raw?: boolean | undefined
}

/** The query string with its question mark, or nothing when no value is set. Commas stay readable. */
export function queryString(query: Query = {}): string {
  const parts: string[] = []
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '' || value === false) continue
    const text = typeof value === 'object' ? value.map(encodeURIComponent).join(',') : encodeURIComponent(String(value))
    if (text !== '') parts.push(`${encodeURIComponent(name)}=${text}`)
  }
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

const segment = (value: string) => encodeURIComponent(value)

/**
 * A binding's slug is `agent/tool@environment`. Proxies treat an encoded slash in a path as they please, so the slash
 * becomes a tilde, which no slug contains and no proxy touches. An id passes through unchanged.
 */
function bindingSegment(slug: string): string {
  return segment(slug.replace('/', '~')).replace('%40', '@')
}

/** The slug or id that an address of a binding's page names: the inverse of `urls.binding`. */
export function bindingSlugOf(param: string): string {
  return decoded(param).replace('~', '/')
}

/** A path parameter as it was before encoding; one that is not well-formed stays as it is and matches nothing. */
export function decoded(param: string): string {
  try {
    return decodeURIComponent(param)
  } catch {
    return param
  }
}

/** Only a path of this app is a place to go after sign-in; anything else could lead elsewhere. */
export function safeCallback(callback: string | null | undefined): string {
  if (!callback?.startsWith('/') || callback.startsWith('//') || callback.includes('\\')) return urls.overview()
  // Browsers drop tabs and line breaks inside addresses, which would turn `/<tab>/host` into another origin.
  return [...callback].some((character) => character < ' ') ? urls.overview() : callback
}

export const urls = {
  overview: () => '/',
  matrix: (query?: MatrixQuery) => `/matrix${queryString(query)}`,
  agents: (query?: Query) => `/agents${queryString(query)}`,
  agent: (slug: string) => `/agents/${segment(slug)}`,
  tools: (query?: Query) => `/tools${queryString(query)}`,
  tool: (slug: string) => `/tools/${segment(slug)}`,
  enforcementPoints: (query?: Query) => `/enforcement-points${queryString(query)}`,
  enforcementPoint: (slug: string) => `/enforcement-points/${segment(slug)}`,
  bindings: (query?: Query) => `/bindings${queryString(query)}`,
  binding: (slugOrId: string) => `/bindings/${bindingSegment(slugOrId)}`,
  delegations: (query?: Query) => `/delegations${queryString(query)}`,
  teams: (query?: Query) => `/teams${queryString(query)}`,
  team: (slug: string) => `/teams/${segment(slug)}`,
  people: (query?: Query) => `/people${queryString(query)}`,
  person: (id: string) => `/people/${segment(id)}`,
  gaps: (query?: GapsQuery) => `/gaps${queryString(query)}`,
  gap: (id: string) => `/gaps/${segment(id)}`,
  mend: (query?: Query) => `/mend${queryString(query)}`,
  successions: () => '/succession',
  succession: (person: string) => `/succession/${segment(person)}`,
  recertification: (query?: Query) => `/recertification${queryString(query)}`,
  campaign: (slug: string) => `/recertification/${segment(slug)}`,
  campaignReport: (slug: string) => `/recertification/${segment(slug)}/report`,
  campaignReportPdf: (slug: string) => `/recertification/${segment(slug)}/report/pdf`,
  campaignReportCsv: (slug: string, query?: { rows?: 'items' | 'decisions' }) =>
    `/recertification/${segment(slug)}/report/csv${queryString(query)}`,
  newCampaign: (query?: Query) => `/recertification/new${queryString(query)}`,
  campaignTemplate: (slug: string) => `/recertification/templates/${segment(slug)}`,
  reviews: (query?: Query) => `/review${queryString(query)}`,
  reviewItem: (id: string) => `/review/${segment(id)}`,
  remediations: (query?: Query) => `/remediations${queryString(query)}`,
  remediation: (id: string) => `/remediations/${segment(id)}`,
  mails: (query?: Query) => `/mail${queryString(query)}`,
  mail: (id: string) => `/mail/${segment(id)}`,
  notifications: () => '/settings/notifications',
  calendarFeed: (token: string) => `/api/calendar/${segment(token)}.ics`,
  contracts: (query?: Query) => `/contracts${queryString(query)}`,
  newContract: (tool?: string) => `/contracts/new${queryString({ tool })}`,
  contract: (tool: string, version: number, query?: { against?: number }) =>
    `/contracts/${segment(tool)}/${version}${queryString(query)}`,
  parity: (tool: string, query?: { run?: string | undefined }) =>
    `/contracts/${segment(tool)}/parity${queryString(query)}`,
  editContract: (tool: string, version: number) => `/contracts/${segment(tool)}/${version}/edit`,
  exceptions: (query?: Query) => `/exceptions${queryString(query)}`,
  whatIf: (query?: Query) => `/what-if${queryString(query)}`,
  exports: () => '/exports',
  /** The file of an export that is sent at once. */
  exportFile: ({ kind, filter, ...view }: ExportFileQuery) =>
    `/api/v1/exports/kinds/${kind}/file${queryString({ ...view, ...Object.fromEntries(Object.entries(filter).map(([name, value]) => [`filter[${name}]`, value])) })}`,
  /** The file of an export that was written in the background. */
  exportWorkbook: () => '/api/v1/exports/workbook',
  exportRunFile: (id: string) => `/api/v1/exports/${segment(id)}/file`,
  evidence: () => '/evidence',
  bundleFile: (id: string) => `/api/v1/bundles/${segment(id)}/file`,
  /** The verifier of bundles: one file, which works without this server. */
  verifier: () => '/verify.html',
  imports: (query?: Query) => `/imports${queryString(query)}`,
  importRun: (id: string) => `/imports/${segment(id)}`,
  audit: (query?: Query) => `/audit${queryString(query)}`,
  log: () => '/log',
  auditEvent: (id: string) => `/audit/${segment(id)}`,
  rules: () => '/rules',
  rule: (id: string) => `/rules/${segment(id)}`,
  frameworks: () => '/frameworks',
  framework: (key: string, query?: Query) => `/frameworks/${segment(key)}${queryString(query)}`,
  policy: () => '/settings/policy',
  tokens: () => '/settings/tokens',
  outbound: () => '/settings/outbound',
  provisioning: () => '/settings/provisioning',
  exportSchedules: () => '/settings/scheduled-exports',
  streams: () => '/settings/streams',
  /** The page that asks for an instant to look at; `at` is one that could not be shown. */
  past: (query?: { readonly at?: string; readonly to?: string }) => `/past${queryString(query)}`,
  /** Makes the pages look at an instant, `now` for the present, and goes on to an address. */
  lookAt: (query: { readonly at: string; readonly to: string }) => `/api/past${queryString(query)}`,
  compare: (query?: Query) => `/compare${queryString(query)}`,
  signIn: (callback?: string) => `/sign-in${queryString({ callback })}`,
  /** Says why a provider's word did not let somebody in. */
  signInRefused: (refused: string) => `/sign-in${queryString({ refused })}`,
  /** Where a window ends in which somebody has shown once more who they are. */
  signedIn: () => '/sign-in/done',
  /** What opens it stands behind the #, which browsers send to nobody. */
  welcome: (token: string) => `/welcome#${segment(token)}`,
  waysIn: () => '/settings/sign-in',
  accounts: (query?: Query) => `/settings/accounts${queryString(query)}`,
  serviceAccounts: (query?: Query) => `/settings/service-accounts${queryString(query)}`,
  /** By the slug of the agent it acts for. */
  serviceAccount: (agent: string) => `/settings/service-accounts/${segment(agent)}`,
  apiDocs: () => '/api/v1/docs',
} as const

/** The page of what owners are set on and gaps are placed on. */
export function subjectUrl(type: 'agent' | 'tool' | 'enforcement_point' | 'binding', slug: string): string {
  switch (type) {
    case 'agent':
      return urls.agent(slug)
    case 'tool':
      return urls.tool(slug)
    case 'enforcement_point':
      return urls.enforcementPoint(slug)
    case 'binding':
      return urls.binding(slug)
  }
}
