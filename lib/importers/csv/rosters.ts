import { estateMemberSchema } from '../estate/model'
import type { Collector, Origin } from '../source/collector'
import { textOf } from '../source/document'

type Fields = Record<string, unknown>
type Roster = { name: string | undefined; members: { person: string; role: string }[]; origin: Origin }

/** Teams and who is in them, which come in separate files and are one entity in an estate. */
export class Rosters {
  private readonly teams: { fields: Fields; origin: Origin }[] = []
  private readonly rosters = new Map<string, Roster>()

  team(fields: Fields, origin: Origin): void {
    this.teams.push({ fields, origin })
  }

  member({ team, teamName, ...fields }: Fields, origin: Origin, collector: Collector): void {
    const slug = textOf(team)
    if (slug === undefined) {
      collector.error(origin, ['team'], 'Missing')
      return
    }
    const member = collector.check(estateMemberSchema, fields, origin)
    if (!member) return
    const roster = this.rosters.get(slug) ?? { name: undefined, members: [], origin }
    roster.name ??= textOf(teamName)
    if (roster.members.some((other) => other.person === member.person))
      collector.error(origin, ['person'], `"${member.person}" is already named as a member of "${slug}"`)
    else roster.members.push(member)
    this.rosters.set(slug, roster)
  }

  /** Adds each team with its members; members of a team that no file names need the team's name beside them. */
  addTo(collector: Collector): void {
    for (const { fields, origin } of this.teams) {
      const slug = textOf(fields.slug)
      const roster = slug === undefined ? undefined : this.rosters.get(slug)
      collector.add('teams', roster ? { ...fields, members: roster.members } : fields, origin)
      if (slug !== undefined) this.rosters.delete(slug)
    }
    for (const [slug, { name, members, origin }] of this.rosters) {
      if (name === undefined)
        collector.error(
          origin,
          ['team'],
          `The team "${slug}" has no name here: add a column "teamName", or import the teams file with this one`,
        )
      else collector.add('teams', { slug, name, members }, origin)
    }
  }
}
