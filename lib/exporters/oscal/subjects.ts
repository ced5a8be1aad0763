import { z } from 'zod'
import type { Pages } from './json-parts'
import type { OscalPerson, OscalSource, OscalSubject, OscalTeam } from './model'
import { property } from './properties'
import { markupLine, markupText, plainText } from './texts'
import { uuidOf } from './uuids'

/** OSCAL's own word for what a subject is (`component` type). */
const componentTypes: Record<OscalSubject['type'], string> = {
  agent: 'software',
  tool: 'service',
  binding: 'interconnection',
  assignment: 'process-procedure',
  enforcement_point: 'validation',
  log: 'software',
}

/** What gaps are placed on, as components. */
export function componentOf({ id, type, slug, name, description, isActive }: OscalSubject) {
  return {
    uuid: uuidOf('component', id),
    type: componentTypes[type],
    title: markupLine(name),
    description: markupText(description),
    props: [property('kind', type), property('slug', slug)],
    status: { state: isActive ? 'operational' : 'other' },
  }
}

/** The platform that evaluates the rules. */
export const assessmentAssets = {
  'assessment-platforms': [{ uuid: uuidOf('assessment-platform', 'pentarch'), title: 'Pentarch' }],
}

export const roles = [
  { id: 'layer-owner', title: 'Team that owns the control layer' },
  { id: 'assignee', title: 'Person who sees to it' },
  { id: 'campaign-owner', title: 'Person who runs the campaign' },
]

/** Teams and the people that the document refers to, as parties. */
export async function* parties(source: OscalSource): Pages {
  for await (const teams of source.teams()) yield teams.map(partyOfTeam)
  for await (const people of source.people()) yield people.map(partyOfPerson)
}

function partyOfTeam({ id, slug, name, function: teamFunction, isActive, contact }: OscalTeam) {
  return {
    uuid: uuidOf('party', id),
    type: 'organization',
    name: plainText(name),
    'short-name': plainText(slug),
    props: [property('function', teamFunction), property('status', isActive ? 'active' : 'dissolved')],
    ...(contact !== null && isMailAddress(contact) && { 'email-addresses': [contact.trim()] }),
  }
}

/** A contact may be a channel of a chat as well. */
const isMailAddress = (text: string) => z.email().safeParse(text.trim()).success

/** Mail addresses of people stay out: whoever reads the document knows them by their id. */
function partyOfPerson({ id, externalId, name, isActive, teamIds }: OscalPerson) {
  return {
    uuid: uuidOf('party', id),
    type: 'person',
    name: plainText(name),
    'external-ids': [{ scheme: 'urn:pentarch:person', id: plainText(externalId) }],
    props: [property('status', isActive ? 'active' : 'left')],
    ...(teamIds.length > 0 && { 'member-of-organizations': teamIds.map((team) => uuidOf('party', team)) }),
  }
}
