import { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { type Sql, sql } from '@/lib/db/sql'
import { defineQuery } from '@/lib/use-cases/define'
import { containing } from './filters'
import { agentRef, personRef, teamRef, toolRef } from './refs-sql'
import { agentRefSchema, personRefSchema, teamRefSchema, toolRefSchema } from './shapes'

const hitsMax = 8

/** Names that begin with the text come first, then by name. */
async function hits<Ref>(db: Db, ref: Sql, from: Sql, key: Sql, text: string): Promise<Ref[]> {
  const pattern = containing(text)
  const rows = await db.query<{ ref: Ref }>(sql`
    SELECT ${ref} AS ref FROM ${from} WHERE x.name ILIKE ${pattern} OR ${key} ILIKE ${pattern}
    ORDER BY NOT starts_with(lower(x.name), lower(${text})), x.name, x.id LIMIT ${hitsMax}`)
  return rows.map((row) => row.ref)
}

const findAnything = defineQuery({
  name: 'search.find',
  summary: 'Agents, tools, teams and people by part of a name',
  method: 'GET',
  path: '/search',
  input: z.strictObject({ q: z.string().trim().min(1, 'Say what to look for').max(200) }),
  output: z.object({
    agents: z.array(agentRefSchema),
    tools: z.array(toolRefSchema),
    teams: z.array(teamRefSchema),
    people: z.array(personRefSchema),
  }),
  async handler({ db }, { q }) {
    const x = sql`x`
    const [agents, tools, teams, people] = await Promise.all([
      hits<z.infer<typeof agentRefSchema>>(db, agentRef(x), sql`agent x`, sql`x.slug`, q),
      hits<z.infer<typeof toolRefSchema>>(db, toolRef(x), sql`tool x`, sql`x.slug`, q),
      hits<z.infer<typeof teamRefSchema>>(db, teamRef(x), sql`team x`, sql`x.slug`, q),
      hits<z.infer<typeof personRefSchema>>(db, personRef(x), sql`person x`, sql`x.external_id`, q),
    ])
    return { agents, tools, teams, people }
  },
})

export const searchUseCases = { 'search.find': findAnything }
