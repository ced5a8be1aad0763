import { type Sql, sql } from '@/lib/db/sql'
import type { LayerId } from '@/lib/layers'
import type { CampaignKind, ReviewerReason, ReviewerStrategy } from '../model'

/**
 * How the reviewers of a subject are found: `key` is the id of a team or person, an expression on the subject `s`
 * (binding_id, assignment_id, agent_id); `people` has a row (key, person_id) for everybody who is asked by that key.
 * Few keys stand for many subjects, which is what keeps a preview of a hundred thousand quick.
 */
interface Finder {
  key: Sql
  people: Sql
  because: ReviewerReason
}

const leads = sql`
  SELECT m.team_id AS key, m.person_id FROM membership m JOIN team t ON t.id = m.team_id
  WHERE m.role = 'lead' AND t.status = 'active'`
const themselves = sql`SELECT p.id AS key, p.id AS person_id FROM person p`
const everybody = sql`'00000000-0000-0000-0000-000000000000'::uuid`
const governanceLeads = sql`
  SELECT ${everybody} AS key, a.person_id FROM account a WHERE a.role = 'governance_lead' AND a.status = 'active'`

/** Whose layer counts when a strategy names none: entitlement answers for whether access is still wanted. */
export const askedLayer: LayerId = 'entitlement'

/** What a strategy looks at, which differs between bindings and assignments. */
interface Keys {
  team(layer: LayerId): Sql
  accountable(layer: LayerId): Sql
  /** A person; for an assignment on a tool or point the team that runs it. */
  sponsor: Sql
  manager(layer: LayerId): Sql
}

/** The manager of `person`, as long as they are here. */
const managerOf = (person: Sql) => sql`
  (SELECT x.id FROM person p JOIN person x ON x.id = p.manager_id WHERE p.id = ${person} AND x.status = 'active')`

const ofBinding: Keys = (() => {
  const accountable = (layer: LayerId) => sql`
    (SELECT a.person_id FROM effective_owner o JOIN assignment a ON a.id = o.assignment_id
     WHERE o.binding_id = s.binding_id AND o.layer = ${layer})`
  const sponsor = sql`(SELECT g.sponsor_id FROM agent g WHERE g.id = s.agent_id)`
  return {
    team: (layer) => sql`
      (SELECT o.team_id FROM effective_owner o WHERE o.binding_id = s.binding_id AND o.layer = ${layer})`,
    accountable,
    sponsor,
    manager: (layer) => sql`COALESCE(${managerOf(accountable(layer))}, ${managerOf(sponsor)})`,
  }
})()

const ofAssignment: Keys = (() => {
  const accountable = sql`(SELECT a.person_id FROM assignment a WHERE a.id = s.assignment_id)`
  const sponsor = sql`(SELECT g.sponsor_id FROM agent g WHERE g.id = s.agent_id)`
  const runningTeam = sql`
    (SELECT e.team_id FROM assignment a LEFT JOIN tool t ON t.id = a.tool_id
     JOIN enforcement_point e ON e.id = COALESCE(a.point_id, t.application_id) WHERE a.id = s.assignment_id)`
  return {
    team: () => sql`(SELECT a.team_id FROM assignment a WHERE a.id = s.assignment_id)`,
    accountable: () => accountable,
    sponsor: sql`COALESCE(${sponsor}, ${runningTeam})`,
    manager: () => sql`COALESCE(${managerOf(accountable)}, ${managerOf(sponsor)})`,
  }
})()

/** How a strategy finds reviewers in campaigns of a kind. */
function finderOf(strategy: ReviewerStrategy, kind: CampaignKind): Finder {
  const keys = kind === 'access' ? ofBinding : ofAssignment
  const because = strategy.by
  switch (strategy.by) {
    case 'layer_lead':
      return { because, key: keys.team(strategy.layer ?? askedLayer), people: leads }
    case 'accountable':
      return { because, key: keys.accountable(strategy.layer ?? askedLayer), people: themselves }
    case 'sponsor':
      return { because, key: keys.sponsor, people: sql`${themselves} UNION ALL ${leads}` }
    case 'manager':
      return { because, key: keys.manager(strategy.layer ?? askedLayer), people: themselves }
    case 'team':
      return { because, key: sql`(SELECT t.id FROM team t WHERE t.slug = ${strategy.team})`, people: leads }
    case 'person':
      return {
        because,
        key: sql`(SELECT p.id FROM person p WHERE p.external_id = ${strategy.person})`,
        people: themselves,
      }
    case 'governance_lead':
      return { because, key: everybody, people: governanceLeads }
  }
}

/** Asks one person about everything. */
function finderOfPerson(personId: string, because: ReviewerReason): Finder {
  return { because, key: sql`${personId}::uuid`, people: themselves }
}

/** Asks those again who did not answer about the same subject in the last stage it was in, in an earlier campaign. */
function finderOfSilent(campaignId: string, kind: CampaignKind): Finder {
  const same = kind === 'access' ? sql`i.binding_id = s.binding_id` : sql`i.assignment_id = s.assignment_id`
  return {
    because: 'named',
    key: sql`(SELECT i.id FROM review_item i WHERE i.campaign_id = ${campaignId}::uuid AND ${same})`,
    people: sql`
      SELECT r.item_id AS key, r.person_id FROM item_reviewer r
      JOIN review_item i ON i.id = r.item_id AND i.stage = r.stage
      WHERE r.campaign_id = ${campaignId}::uuid AND r.state IN ('open', 'lapsed')`,
  }
}

/** A finder in its turn. */
export interface RankedFinder extends Finder {
  /** Whether it is tried only because the stage's own strategy found nobody. */
  isFallback: boolean
}

/** What is tried in which order. */
export interface FinderOrder {
  strategies: readonly ReviewerStrategy[]
  /** From this strategy on they count as fallbacks. */
  fallbacksFrom: number
  /** Asked last of all; null for nobody. */
  ownerPersonId: string | null
  /** A campaign whose silent reviewers are asked first, about the same subjects; null for none. */
  silentIn: string | null
}

/** The finders of an order, those that come first at the front. */
export function rankFinders(kind: CampaignKind, order: FinderOrder): RankedFinder[] {
  const { strategies, fallbacksFrom, ownerPersonId, silentIn } = order
  const first = silentIn === null ? [] : [{ ...finderOfSilent(silentIn, kind), isFallback: false }]
  const named = strategies.map((strategy, index) => ({
    ...finderOf(strategy, kind),
    isFallback: index >= fallbacksFrom || silentIn !== null,
  }))
  const last = ownerPersonId === null ? [] : [{ ...finderOfPerson(ownerPersonId, 'campaign_owner'), isFallback: true }]
  return [...first, ...named, ...last]
}
