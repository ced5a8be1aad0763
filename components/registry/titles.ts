import type {
  Autonomy,
  Classification,
  CredentialType,
  DecisionMode,
  IdentityPrimitive,
  Known,
  PathMode,
  PointKind,
  TeamFunction,
  ToolKind,
} from '@/lib/registry/model'

/** What readers see for the closed vocabularies of the registry. */
export const autonomyTitles: Record<Autonomy, string> = {
  assistive: 'Assistive',
  supervised: 'Supervised',
  autonomous: 'Autonomous',
}

export const autonomyMeanings: Record<Autonomy, string> = {
  assistive: 'Suggests; a person acts',
  supervised: 'Acts; a person watches and can stop it',
  autonomous: 'Acts by itself',
}

export const primitiveTitles: Record<IdentityPrimitive, string> = {
  workload_identity: 'Workload identity',
  oauth_client: 'OAuth client',
  service_account: 'Service account',
  api_key: 'API key',
}

export const toolKindTitles: Record<ToolKind, string> = {
  api: 'API',
  mcp_tool: 'MCP tool',
  dataset: 'Dataset',
  workflow: 'Workflow',
}

export const classificationTitles: Record<Classification, string> = {
  public: 'Public',
  internal: 'Internal',
  confidential: 'Confidential',
  restricted: 'Restricted',
}

export const knownTitles: Record<Known, string> = { yes: 'Yes', no: 'No', unknown: 'Unknown' }

/** Independent privileges in a sentence: the rules count "unknown" as "yes", for it cannot be shown otherwise. */
export const independentPrivilegesSentences: Record<Known, string> = {
  yes: 'Can act with its own credentials, whatever the caller was allowed',
  no: 'Acts only with what the caller was allowed',
  unknown: 'Can act with its own credentials: unknown (counts as yes)',
}

export const pointKindTitles: Record<PointKind, string> = {
  gateway: 'Gateway',
  broker: 'Broker',
  application: 'Application',
}

export const pointKindMeanings: Record<PointKind, string> = {
  gateway: 'Stands at the front door and sees the call first',
  broker: 'Stands between and passes the call on',
  application: 'Where the work happens; the last to decide',
}

export const pathModeTitles: Record<PathMode, string> = {
  enforces: 'Enforces',
  trusts_upstream: 'Trusts upstream',
  unknown: 'Unknown',
}

export const pathModeMeanings: Record<PathMode, string> = {
  enforces: 'Decides by itself on every call',
  trusts_upstream: 'Lets through what arrives, on the word of the point before it',
  unknown: 'Nobody has said what it does (counts as not enforcing)',
}

export const decisionModeTitles: Record<DecisionMode, string> = {
  runtime: 'At request time',
  static: 'Statically, beforehand',
}

export const credentialTypeTitles: Record<CredentialType, string> = {
  short_lived: 'Short-lived',
  long_lived: 'Long-lived',
}

export const teamFunctionTitles: Record<TeamFunction, string> = {
  iam: 'Identity (IAM)',
  iga: 'Access governance (IGA)',
  pam: 'Privileged access (PAM)',
  application: 'Application',
  secops: 'Security operations',
  platform: 'Platform',
  business: 'Business',
}
