import type { OutputOf } from '@/lib/http/client'
import type { PersonDetail } from '@/lib/registry/people/model'

type TeamOfPerson = Pick<OutputOf<'teams.get'>, 'name' | 'members' | 'ownedCells' | 'status'>

const listed = new Intl.ListFormat('en')
const plural = (count: number, one: string, many: string) => `${count.toLocaleString('en')} ${count === 1 ? one : many}`

/** What is left without somebody behind it when the person leaves, one sentence each; empty when nothing is. */
export function leavingEffects(
  person: Pick<PersonDetail, 'externalId' | 'assignments' | 'sponsored'>,
  teams: readonly TeamOfPerson[],
): string[] {
  const effects: string[] = []
  const held = person.assignments.rows.filter(({ state, credible }) => state === 'accepted' && credible)
  const cells = held.reduce((sum, { supplies }) => sum + supplies, 0)
  if (held.length > 0) {
    effects.push(
      `${plural(held.length, 'ownership', 'ownerships')} they are accountable for ${held.length === 1 ? 'is' : 'are'} orphaned, and with ${held.length === 1 ? 'it' : 'them'} ${plural(cells, 'cell', 'cells')}.`,
    )
  }
  const agents = person.sponsored.rows.filter(({ lifecycle }) => lifecycle === 'active').map(({ name }) => name)
  if (agents.length > 0) effects.push(`Without a sponsor: ${listed.format(agents)}.`)
  const active = teams.filter(({ status }) => status === 'active')
  const others = ({ members }: TeamOfPerson) =>
    members.rows.filter(({ person: member }) => member.externalId !== person.externalId && member.status === 'active')
  for (const team of active) {
    // A team shown in part has more members than can be looked at, so somebody stays.
    if (team.members.more) continue
    const staying = others(team)
    if (staying.length === 0)
      effects.push(
        `${team.name} has no active member left: all it owns is orphaned (${plural(team.ownedCells, 'cell', 'cells')}).`,
      )
    else if (!staying.some(({ role }) => role === 'lead'))
      effects.push(`${team.name} has no lead left: nobody can accept or decline for it.`)
  }
  return effects
}
