import type { Random } from '@/lib/gaps/testing/random'
import type { TeamFunction } from '@/lib/registry/model'
import { type DaysAgo, idOf, numbered, provenance, upTo } from './rows'
import type { EstateSize } from './size'

const givenNames = ['Ana', 'Ben', 'Chidi', 'Dana', 'Emre', 'Freya', 'Goran', 'Hana', 'Ines', 'Jonas'] as const
const familyNames = ['Ruiz', 'Okafor', 'Lindqvist', 'Haddad', 'Novak', 'Tanaka', 'Moreau', 'Silva', 'Kovacs'] as const

/** The first teams run the control layers and the platform; the others build applications or use them. */
const centralFunctions = ['iam', 'iga', 'pam', 'secops', 'platform'] as const

function functionOf(index: number): TeamFunction {
  return centralFunctions[index % 20] ?? (index % 4 === 3 ? 'business' : 'application')
}

/** People in a flat hierarchy; one in 25 has left. */
export function peopleOf(random: Random, size: EstateSize, ago: DaysAgo) {
  return upTo(size.people).map((index) => ({
    id: idOf('person', index),
    external_id: numbered('p', index),
    name: `${random.pick(givenNames)} ${random.pick(familyNames)}`,
    email: `${numbered('p', index)}@example.org`,
    // Not the first of a team: a lead who leaves is another story than a member who does.
    status: index >= size.teams && random.chance(0.04) ? 'left' : 'active',
    manager_id: index < size.teams ? null : idOf('person', index % size.teams),
    ...provenance(ago(700)),
  }))
}
export type PersonRow = ReturnType<typeof peopleOf>[number]

/** Teams; one in 30 was dissolved, and its layers are still in its name. */
export function teamsOf(size: EstateSize, ago: DaysAgo) {
  return upTo(size.teams).map((index) => ({
    id: idOf('team', index),
    slug: numbered(functionOf(index), index),
    name: `${functionOf(index)} team ${index}`,
    function: functionOf(index),
    status: index % 30 === 17 ? 'dissolved' : 'active',
    contact: `team-${index}@example.org`,
    ...provenance(ago(700)),
  }))
}
export type TeamRow = ReturnType<typeof teamsOf>[number]

/** Everybody is in one team; the first of it leads it. */
export function membershipsOf(people: readonly PersonRow[], teams: readonly TeamRow[]) {
  return people.map((person, index) => ({
    team_id: idOf('team', index % teams.length),
    person_id: person.id,
    role: index < teams.length ? 'lead' : 'member',
  }))
}

/** Gateways, brokers and, most of all, applications, each run by a team. */
export function pointsOf(random: Random, size: EstateSize, ago: DaysAgo) {
  return upTo(size.points).map((index) => {
    const kind = index % 20 === 0 ? 'gateway' : index % 20 === 1 ? 'broker' : 'application'
    return {
      id: idOf('enforcement_point', index),
      slug: numbered(kind, index),
      name: `${kind} ${index}`,
      kind,
      team_id: idOf('team', random.below(size.teams)),
      independent_privileges: random.pick(['yes', 'no', 'no', 'unknown']),
      decision_endpoint: index % 5 < 2 ? `https://pdp-${index}.example.org` : null,
      ...provenance(ago(600)),
    }
  })
}
export type PointRow = ReturnType<typeof pointsOf>[number]
