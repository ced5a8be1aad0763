import { stringify } from 'yaml'
import type { UseCaseContext } from '@/lib/use-cases/define'
import type { NamedChange } from './model'
import type { Supposition } from './suppose'

/** The changes as an estate file: imported, it does them. */
export async function planOf(
  { db }: UseCaseContext,
  { parts }: Supposition,
  changes: readonly NamedChange[],
): Promise<string> {
  const people: object[] = []
  const teams: object[] = []
  const agents: object[] = []
  const owners: object[] = []
  for (const [index, named] of changes.entries()) {
    const part = parts[index]
    if (!part) continue
    switch (named.kind) {
      case 'dissolve_team': {
        const { slug, name } = await db.prisma.team.findUniqueOrThrow({ where: { slug: named.team } })
        teams.push({ slug, name, status: 'dissolved' })
        break
      }
      case 'person_leaves': {
        const id = part.change.kind === 'person_leaves' ? part.change.personId : named.person
        const { externalId, name } = await db.prisma.person.findUniqueOrThrow({ where: { id } })
        people.push({ id: externalId, name, status: 'left' })
        break
      }
      case 'retire_agent': {
        const { slug, name } = await db.prisma.agent.findUniqueOrThrow({ where: { slug: named.agent } })
        agents.push({ slug, name, lifecycle: 'retired' })
        break
      }
      case 'move_ownership':
        for (const { layer, scope, subjectSlug } of part.held) {
          const subject = subjectSlug === null ? {} : { subject: subjectSlug }
          owners.push({ layer, scope, ...subject, team: named.to, replaces: named.from })
        }
    }
  }
  const comment = parts.map(({ title }) => `# ${title.replace(/\s+/g, ' ')}\n`).join('')
  const filled = Object.entries({ people, teams, agents, owners }).filter(([, list]) => list.length > 0)
  const estate = { apiVersion: 'pentarch/v1', kind: 'Estate', ...Object.fromEntries(filled) }
  return `${comment}${stringify(estate, { lineWidth: 0 })}`
}
