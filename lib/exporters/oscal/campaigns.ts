import { urls } from '@/lib/urls'
import type { OscalCampaign } from './model'
import { property } from './properties'
import { markupLine, markupText } from './texts'
import { uuidOf } from './uuids'

/** `activities`: what the two kinds of campaign do. */
export const activities = [
  {
    uuid: uuidOf('activity', 'ownership'),
    title: 'Recertification of ownership',
    description: 'Those who answer for a control layer are asked whether they still do.',
  },
  {
    uuid: uuidOf('activity', 'access'),
    title: 'Recertification of access',
    description: 'Those who answer for an access are asked whether it is still within its approved intent.',
  },
]

/** A campaign as a task that was carried out. */
export function taskOf({ id, name, description, kind, startedAt, endedAt }: OscalCampaign) {
  return {
    uuid: uuidOf('campaign', id),
    type: 'action',
    title: markupLine(name),
    ...(description.trim() !== '' && { description: markupText(description) }),
    ...(endedAt && {
      timing: { 'within-date-range': { start: startedAt.toISOString(), end: endedAt.toISOString() } },
    }),
    'associated-activities': [
      { 'activity-uuid': uuidOf('activity', kind), subjects: [{ type: 'component', 'include-all': {} }] },
    ],
  }
}

/** A campaign as an entry of the assessment log. */
export function logEntryOf({ id, slug, name, state, startedAt, endedAt, items, ownerId, ownerName }: OscalCampaign) {
  return {
    uuid: uuidOf('activity', `log:${id}`),
    title: markupLine(name),
    start: startedAt.toISOString(),
    ...(endedAt && { end: endedAt.toISOString() }),
    props: [property('state', state), property('items', String(items)), property('owner', ownerName)],
    links: [{ href: urls.campaign(slug), rel: 'reference' }],
    ...(ownerId !== null && { 'logged-by': [{ 'party-uuid': uuidOf('party', ownerId), 'role-id': 'campaign-owner' }] }),
    'related-tasks': [{ 'task-uuid': uuidOf('campaign', id) }],
  }
}
