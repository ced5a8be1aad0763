import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { EstateCollection } from '../estate/model'

/** What gaps may be about, by id. */
export interface Subjects {
  agents: string[]
  tools: string[]
  bindings: string[]
  assignments: string[]
}

/** What these delegations, contracts, attestations, parity runs and exceptions say something about. */
export async function subjectsOfEvidence(
  db: Db,
  { delegations, contracts, attestations, parityRuns, exceptions }: Record<EstateCollection, string[]>,
): Promise<Subjects> {
  if ([delegations, contracts, attestations, parityRuns, exceptions].every((ids) => ids.length === 0))
    return { agents: [], tools: [], bindings: [], assignments: [] }
  const [row] = await db.query<Subjects>(sql`
    WITH about AS (
      SELECT 'agent' AS type, from_agent_id AS id FROM delegation WHERE id = ANY(${delegations}::uuid[])
      UNION SELECT 'agent', to_agent_id FROM delegation WHERE id = ANY(${delegations}::uuid[])
      UNION SELECT 'tool', tool_id FROM contract WHERE id = ANY(${contracts}::uuid[])
      UNION SELECT 'tool', tool_id FROM attestation WHERE id = ANY(${attestations}::uuid[])
      UNION SELECT 'tool', tool_id FROM parity_run WHERE id = ANY(${parityRuns}::uuid[])
      UNION SELECT subject_type::text, subject_id FROM gap_exception WHERE id = ANY(${exceptions}::uuid[])
    )
    SELECT ARRAY(SELECT id::text FROM about WHERE type = 'agent') AS agents,
      ARRAY(SELECT id::text FROM about WHERE type = 'tool') AS tools,
      ARRAY(SELECT id::text FROM about WHERE type = 'binding') AS bindings,
      ARRAY(SELECT id::text FROM about WHERE type = 'assignment') AS assignments`)
  return row ?? { agents: [], tools: [], bindings: [], assignments: [] }
}

/** The name that files use for this person. */
export async function externalIdOf(db: Db, personId: string): Promise<string | null> {
  const person = await db.prisma.person.findUnique({ where: { id: personId }, select: { externalId: true } })
  return person?.externalId ?? null
}
