import 'server-only'
import { type Sql, sql } from '@/lib/db/sql'
import { disagreement } from '../disagreement'
import type {
  AgentFact,
  AssignmentFact,
  AttestationFact,
  BindingFact,
  ContractFact,
  DelegationFact,
  ExceptionFact,
  ParityFact,
  PersonFact,
  Picture,
  PointFact,
  TeamFact,
  ToolFact,
} from '../picture'
import { type BindingRow, bindingOf, bindingRow, sharedStrings } from './binding-facts'
import { vectorCount } from './evidence'
import { ms } from './instants'

/** Facts of one kind, as the database hands them over: ready made, some thousand at a time. */
export type FactChunk =
  | { kind: 'people'; facts: PersonFact[] }
  | { kind: 'teams'; facts: TeamFact[] }
  | { kind: 'agents'; facts: AgentFact[] }
  | { kind: 'points'; facts: PointFact[] }
  | { kind: 'tools'; facts: ToolFact[] }
  | { kind: 'bindings'; facts: BindingRow[] }
  | { kind: 'assignments'; facts: AssignmentFact[] }
  | { kind: 'delegations'; facts: DelegationFact[] }
  | { kind: 'contracts'; facts: ContractFact[] }
  | { kind: 'attestations'; facts: AttestationFact[] }
  | { kind: 'parities'; facts: ParityRow[] }
  | { kind: 'exceptions'; facts: ExceptionFact[] }

/** A parity fact whose disagreements are not in words yet. */
type ParityRow = Omit<ParityFact, 'disagreements'> & { disagreements: Parameters<typeof disagreement>[0][] }

/** Where the rows of a picture come from: what follows FROM for each kind, which calls the row by the alias named. */
export interface FactSources {
  /** As `p`. */
  people: Sql
  /** As `t`. */
  teams: Sql
  /** As `g`. */
  agents: Sql
  /** As `e`. */
  points: Sql
  /** As `t`. */
  tools: Sql
  /** As `b`; facts are those that are active, or revoked and not shown to be gone. */
  bindings: Sql
  /** As `a`. */
  assignments: Sql
  /** As `d`. */
  delegations: Sql
  /** As `c`. */
  contracts: Sql
  /** As `x`, of the shape of `latestAttestations`. */
  attestations: Sql
  /** As `q`, of the shape of `parities`. */
  parities: Sql
  /** As `x`; approved ones alone are facts. */
  exceptions: Sql
}

/** One JSON text per chunk keeps memory and the time between two turns of the event loop bounded. */
const chunkRows = 2000

function chunks(kind: FactChunk['kind'], fact: Sql, source: Sql): Sql {
  return chunksOf(kind, sql`json_build_object(${fact})`, source)
}

function chunksOf(kind: FactChunk['kind'], row: Sql, source: Sql): Sql {
  return sql`
    SELECT ${kind}::text AS kind, json_agg(fact) AS facts
    FROM (SELECT ${row} AS fact, row_number() OVER () / ${chunkRows}::int AS chunk FROM ${source}) row
    GROUP BY chunk`
}

/** SELECTs that make facts of these rows, all in one statement. */
export function factChunks(from: FactSources): Sql {
  return sql`
    ${chunks('people', sql`'id', p.id, 'name', p.name, 'status', p.status`, from.people)}
    UNION ALL ${chunks(
      'teams',
      sql`'id', t.id, 'slug', t.slug, 'name', t.name, 'function', t.function, 'status', t.status, 'hasActiveMember', EXISTS (
        SELECT FROM membership m JOIN person p ON p.id = m.person_id WHERE m.team_id = t.id AND p.status = 'active')`,
      from.teams,
    )}
    UNION ALL ${chunks(
      'agents',
      sql`'id', g.id, 'slug', g.slug, 'name', g.name, 'lifecycle', g.lifecycle, 'autonomy', g.autonomy, 'sponsorId', g.sponsor_id,
          'decisionLogSource', g.decision_log_source, 'decisionLogSeenAt', ${ms(sql`g.decision_log_seen_at`)}`,
      from.agents,
    )}
    UNION ALL ${chunks(
      'points',
      sql`'id', e.id, 'slug', e.slug, 'name', e.name, 'kind', e.kind, 'teamId', e.team_id,
          'independentPrivileges', e.independent_privileges, 'canBeAsked', e.decision_endpoint IS NOT NULL`,
      from.points,
    )}
    UNION ALL ${chunks(
      'tools',
      sql`'id', t.id, 'slug', t.slug, 'name', t.name, 'lifecycle', t.lifecycle, 'applicationId', t.application_id,
          'independentPrivileges', t.independent_privileges`,
      from.tools,
    )}
    UNION ALL ${chunksOf('bindings', bindingRow, from.bindings)}
    UNION ALL ${chunks('assignments', assignmentFact, from.assignments)}
    UNION ALL ${chunks(
      'delegations',
      sql`'id', d.id, 'fromAgentId', d.from_agent_id, 'toAgentId', d.to_agent_id`,
      from.delegations,
    )}
    UNION ALL ${chunks(
      'contracts',
      sql`'id', c.id, 'toolId', c.tool_id, 'version', c.version, 'state', c.state, 'authorTeamId', c.author_team_id,
          'signedOffTeamId', c.signed_off_team_id, 'digest', c.digest, 'vectorCount', ${vectorCount(sql`c.limits`)}`,
      from.contracts,
    )}
    UNION ALL ${chunks(
      'attestations',
      sql`'id', x.id, 'pointId', x.point_id, 'toolId', x.tool_id, 'digest', x.digest, 'contractVersion', x.version, 'at', ${ms(sql`x.at`)}`,
      from.attestations,
    )}
    UNION ALL ${chunks('parities', parityFact, from.parities)}
    UNION ALL ${chunks(
      'exceptions',
      sql`'id', x.id, 'rule', x.rule, 'subjectType', x.subject_type, 'subjectId', x.subject_id, 'layer', x.layer, 'pointId', x.point_id,
          'reason', x.reason, 'approver', COALESCE(x.decided_by, 'an import'), 'expires', ${ms(sql`x.expires`)}`,
      from.exceptions,
    )}`
}

/** SELECTs that make facts of bindings alone. */
export const bindingChunks = (bindings: Sql): Sql => chunksOf('bindings', bindingRow, bindings)

const parityFact = sql`
  'id', q.tool_id || '/' || q.point_id, 'toolId', q.tool_id, 'pointId', q.point_id, 'askedAt', ${ms(sql`q.finished_at`)}, 'digest', q.digest,
  'disagreements', q.first_answers, 'disagreementCount', q.answers,
  'contradictions', q.first_decisions, 'contradictionCount', q.decisions`

const assignmentFact = sql`
  'id', a.id, 'layer', a.layer, 'scope', a.scope, 'subjectId', CASE WHEN a.scope <> 'organisation' THEN a.subject_id END,
  'teamId', a.team_id, 'personId', a.person_id, 'state', a.state, 'validFrom', ${ms(sql`a.valid_from`)},
  'validTo', ${ms(sql`a.valid_to`)}, 'proposedAt', ${ms(sql`a.proposed_at`)},
  'unansweredAt', ${ms(sql`a.unanswered_at`)}, 'unansweredIn', a.unanswered_in`

/** Chunks of every kind, sorted into a picture. */
export function pictureOf(rows: readonly FactChunk[]): Picture {
  const picture = {
    people: new Map<string, PersonFact>(),
    teams: new Map<string, TeamFact>(),
    agents: new Map<string, AgentFact>(),
    points: new Map<string, PointFact>(),
    tools: new Map<string, ToolFact>(),
    bindings: new Map<string, BindingFact>(),
    assignments: new Map<string, AssignmentFact>(),
    delegations: new Map<string, DelegationFact>(),
    contracts: new Map<string, ContractFact>(),
    attestations: new Map<string, AttestationFact>(),
    parities: new Map<string, ParityFact>(),
    exceptions: new Map<string, ExceptionFact>(),
  }
  const share = sharedStrings()
  for (const row of rows) {
    switch (row.kind) {
      case 'people':
        addAll(picture.people, row.facts)
        break
      case 'teams':
        addAll(picture.teams, row.facts)
        break
      case 'agents':
        addAll(picture.agents, row.facts)
        break
      case 'points':
        addAll(picture.points, row.facts)
        break
      case 'tools':
        addAll(picture.tools, row.facts)
        break
      case 'bindings':
        addAll(
          picture.bindings,
          row.facts.map((binding) => bindingOf(binding, share)),
        )
        break
      case 'assignments':
        addAll(picture.assignments, row.facts)
        break
      case 'delegations':
        addAll(picture.delegations, row.facts)
        break
      case 'contracts':
        addAll(picture.contracts, row.facts)
        break
      case 'attestations':
        addAll(picture.attestations, row.facts)
        break
      case 'parities':
        addAll(picture.parities, row.facts.map(inWords))
        break
      case 'exceptions':
        addAll(picture.exceptions, row.facts)
        break
    }
  }
  return picture
}

const inWords = (row: ParityRow): ParityFact => ({ ...row, disagreements: row.disagreements.map(disagreement) })

function addAll<Fact extends { id: string }>(facts: Map<string, Fact>, more: readonly Fact[]): void {
  for (const fact of more) facts.set(fact.id, fact)
}
