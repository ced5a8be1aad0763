import type { TeamFunction, ToolKind } from '@/lib/registry/model'

/** Words in a group's type or name that tell its function; the first that fits counts, and nothing is guessed beyond them. */
const functionWords: readonly (readonly [RegExp, TeamFunction])[] = [
  [/^(?:pam|privileged?|secrets|vault)$/, 'pam'],
  [/^(?:iga|entitlements?|recertification)$/, 'iga'],
  [/^(?:iam|identity|sso|authn)$/, 'iam'],
  [/^(?:secops|soc|security|siem|detection)$/, 'secops'],
  [/^(?:platform|platforms|infrastructure|infra|devops|sre|cloud)$/, 'platform'],
  [/^(?:business|finance|sales|marketing|legal)$/, 'business'],
]

/** A team's function by the words of its type, then of its name. */
export function teamFunctionOf(type: string | undefined, name: string): TeamFunction | undefined {
  for (const text of [type ?? '', name]) {
    const words = text.toLowerCase().split(/[^a-z]+/)
    const found = functionWords.find(([pattern]) => words.some((word) => pattern.test(word)))
    if (found) return found[1]
  }
  return undefined
}

const datasetType =
  /database|^db$|dataset|data-?(?:base|lake|set|store)|warehouse|bucket|s3|storage|table|topic|queue|stream/
const workflowType = /workflow|pipeline|^job$|cron|batch|skill|automation/
const mcpType = /(?:^|[^a-z])mcp(?:[^a-z]|$)/

/** The kind of tool that a catalog entity is, by its kind and `spec.type`. */
export function toolKindOf(kind: string, type: string | undefined): ToolKind {
  const text = type?.toLowerCase() ?? ''
  if (mcpType.test(text)) return 'mcp_tool'
  if (kind === 'api') return 'api'
  if (kind === 'resource' && datasetType.test(text)) return 'dataset'
  return workflowType.test(text) ? 'workflow' : 'api'
}

/** Kinds that become tools, in the order in which they keep a name that several share. */
export const toolEntityKinds = ['component', 'api', 'resource', 'airesource'] as const
