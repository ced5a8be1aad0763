import { createHash } from 'node:crypto'
import type { OpenAPI } from '@orpc/contract'
import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { isOffered, type PermissionName, permissions } from '@/lib/access/permissions'
import { asOfParameter } from '@/lib/history/model'
import { assignmentSchema, cellSchema } from '@/lib/ownership/model'
import {
  agentRefSchema,
  gapOnSchema,
  personRefSchema,
  pointRefSchema,
  teamRefSchema,
  toolRefSchema,
} from '@/lib/registry/shapes'
import { useCases } from '@/lib/use-cases/catalog'
import type { UseCase } from '@/lib/use-cases/define'
import { type ProblemCode, problems } from '@/lib/use-cases/errors'
import packageJson from '@/package.json'
import { problemSchema } from './problem'
import { router } from './router'

type Tag = PermissionName extends `${infer Name}.${string}` ? Name : never

const tagDescriptions: Record<Tag, string> = {
  log: 'The transparency log: checkpoints, proofs, keys and witnesses',
  me: 'The account that asks: its role, and what it may do',
  metrics: 'Measures for a monitoring system',
  overview: 'Coverage, gaps and what is due, in numbers',
  search: 'Anything by its name',
  people: 'Persons, their managers and status',
  teams: 'Teams, their function, members and leads',
  agents: 'AI agents and their lifecycle',
  tools: 'What agents call: APIs, MCP tools, data sets, workflows',
  points: 'Enforcement points: gateways, brokers and applications that decide',
  bindings: 'An agent\u2019s access to a tool in an environment',
  delegations: 'Which agent may call which',
  owners: 'The effective owner of each of the five layers',
  assignments: 'Who is named as owner of what, and the handshake',
  succession: 'Who takes over what people who left answered for',
  ownership: 'Likely owners, many owners at once, and the upkeep of the effective ones',
  matrix: 'Bindings, agents or tools by the five layers',
  gaps: 'What the rules find wrong',
  exceptions: 'Risks accepted for a while: asked for by one, approved by another',
  settings: 'What the organisation has decided about limits and dates',
  frameworks: 'The control frameworks, and what the gaps say of each control',
  rules: 'The gap rules and the controls they are evidence for',
  contracts: 'Policy contracts: the limits of each tool, signed off and in force',
  attestations: 'Which contract each enforcement point states to enforce',
  parity: 'What enforcement points answer to the vectors of a contract, side by side',
  decisionLogs: 'What enforcement points decided, held against the contract in force',
  outbound: 'What Pentarch may reach by itself',
  provisioning: 'Whom an identity provider brings by SCIM, and departures that are held',
  whatif: 'What a change would come to before it is made',
  estate: 'The registry as an estate file',
  bundles: 'Evidence that can be verified without the server',
  exports: 'Whole populations and lists as files: at once, or written in the background',
  imports: 'Estates, agent cards, MCP servers, catalogs and tables, read in',
  campaigns: 'Recertification: who is asked what, until when, and what became of it',
  mails: 'What people were told by mail',
  sessions: 'Where you are signed in',
  waysIn: 'By which ways you sign in',
  accounts: 'Who may sign in, in which role',
  calendar: 'Due dates in the calendar programs of people',
  remediations: 'Revoked access that has to go where it is granted as well, and what shows that it is gone',
  challenges: 'Revocations that somebody affected contests before they are applied',
  campaignTemplates: 'What campaigns are made from, by hand or by themselves',
  reviews: 'What you are asked to certify, and your answers',
  handovers: 'Whose reviews are somebody else\u2019s for a while',
  certifications: 'When each access and ownership was last certified, by whom, and until when',
  audit: 'Every change ever made',
  history: 'How the registry was, as of any instant',
  exportSchedules: 'Exports that are made again and again',
  streams: 'Where events are sent on to',
  serviceAccounts: 'Accounts of scripts and services, each for an agent whose sponsor answers for it',
  tokens: 'Your API tokens',
}

const description = `Who owns each of the five control layers of every AI agent and tool.

- **Errors** are problem details (RFC 9457) with a \`code\`, the fields that are wrong, and a \`fix\`.
- **Lists** are paged by cursor: send \`next\` of one page as \`cursor\` of the following one; the last has \`next: null\`.
- **Writes** may carry an \`Idempotency-Key\`: sent again within a day, they answer as the first time and do nothing.
- **Edits** carry the \`version\` they saw, and are refused when somebody else was quicker.`

const components: NonNullable<OpenAPI.Document['components']> = {
  securitySchemes: {
    token: {
      type: 'http',
      scheme: 'bearer',
      description: 'A personal API token. It never may do more than who made it, and no more than its scopes.',
    },
    session: {
      type: 'apiKey',
      in: 'cookie',
      name: 'next-auth.session-token',
      description:
        'The session of the browser (`__Host-next-auth.session-token` over HTTPS). Writes are taken from our own pages only.',
    },
  },
  parameters: {
    IdempotencyKey: {
      name: 'Idempotency-Key',
      in: 'header',
      description: 'Makes the request safe to repeat: 8 to 200 printable characters, new for each new request',
      schema: { type: 'string', minLength: 8, maxLength: 200, pattern: '^[\\x21-\\x7e]+$' },
    },
    AsOf: {
      name: asOfParameter,
      in: 'query',
      description:
        'Answers as of an instant such as `2026-03-03T14:00:00Z`, or of the end of a day in UTC such as `2026-03-03`: with what was recorded then, by the rules of then',
      schema: { type: 'string' },
    },
  },
  responses: {
    Problem: {
      description: `Refused. The status follows from the \`code\`: ${Object.entries(problems)
        .map(([code, { status }]) => `\`${code}\` ${status}`)
        .join(', ')}.`,
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  },
}

/** The API reference as OpenAPI 3.1, made from the very schemas that requests are checked with. */
export async function openApiDocument(): Promise<OpenAPI.Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  const document = await generator.generate(router, {
    info: {
      title: 'Pentarch',
      version: packageJson.version,
      description,
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }, { session: [] }],
    tags: Object.entries(tagDescriptions).map(([name, text]) => ({ name, description: text })),
    components,
    commonSchemas: {
      Problem: { schema: problemSchema, strategy: 'output' },
      Assignment: { schema: assignmentSchema, strategy: 'output' },
      Cell: { schema: cellSchema, strategy: 'output' },
      GapOn: { schema: gapOnSchema, strategy: 'output' },
      PersonRef: { schema: personRefSchema, strategy: 'output' },
      TeamRef: { schema: teamRefSchema, strategy: 'output' },
      AgentRef: { schema: agentRefSchema, strategy: 'output' },
      ToolRef: { schema: toolRefSchema, strategy: 'output' },
      PointRef: { schema: pointRefSchema, strategy: 'output' },
    },
  })
  for (const useCase of Object.values<UseCase>(useCases)) complete(document, useCase)
  return document
}

const methods = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const

/** Adds what every operation shares: who may call it, how it refuses, how it is made safe to repeat. */
function complete(document: OpenAPI.Document, useCase: UseCase): void {
  const operation = document.paths?.[useCase.path]?.[methods[useCase.method]]
  if (!operation || !isOffered(useCase.name)) throw new Error(`The document lacks the operation ${useCase.name}`)
  operation.description = audience(useCase.name)
  operation.responses = { ...operation.responses, default: { $ref: '#/components/responses/Problem' } }
  if (useCase.kind !== 'command' && !('alwaysPresent' in useCase && useCase.alwaysPresent)) {
    operation.parameters = [...(operation.parameters ?? []), { $ref: '#/components/parameters/AsOf' }]
  }
  if (useCase.kind === 'command') {
    operation.parameters = [...(operation.parameters ?? []), { $ref: '#/components/parameters/IdempotencyKey' }]
  }
}

function audience(name: PermissionName): string {
  const permission: { roles: readonly string[]; scope: string; standing?: string } = permissions[name]
  const who = [
    permission.roles.length > 0 && `the roles ${permission.roles.join(', ')}`,
    permission.standing === 'team_lead' && 'the lead of the team it is about',
    permission.standing === 'any' && 'whoever holds what it is about',
  ]
  return `For ${who.filter(Boolean).join(', and ')}. Scope of a token: \`${permission.scope}\`.`
}

let served: Promise<{ body: string; etag: string }> | undefined

/** The document as it is served, made once a process. */
export function servedOpenApi(): Promise<{ body: string; etag: string }> {
  served ??= openApiDocument().then((document) => {
    const body = JSON.stringify(document)
    return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` }
  })
  return served
}

/** Every problem code with its status, title and fix, as the reference page lists them. */
export function problemList(): { code: ProblemCode; status: number; title: string; fix: string }[] {
  const codes = Object.keys(problems).filter((code): code is ProblemCode => code in problems)
  return codes.map((code) => ({ code, ...problems[code] }))
}
