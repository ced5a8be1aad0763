import type { z } from 'zod'
import { layerIds } from '@/lib/layers'
import { certificationEventKinds, definitionSchema, scheduleSchema } from '../model'

/** A template as it can be offered before there is any. */
export interface StartingTemplate {
  key: string
  name: string
  description: string
  definition: z.input<typeof definitionSchema>
  schedule: z.input<typeof scheduleSchema> | null
}

const attestation =
  'I have overseen this review. Those who answer for the access were asked, their answers are recorded as they gave them, and what was not answered is shown as such.'

/**
 * What most organisations begin with. Days are relative to the day on which one is taken; they are offered while there is
 * no template, and are ordinary templates from then on.
 */
export function startingTemplates(today: { firstOfNextQuarter: string; firstOfNextYear: string }, timeZone: string) {
  const templates: StartingTemplate[] = [
    {
      key: 'quarterly-high-risk',
      name: 'Quarterly review of high and critical access',
      description:
        'Every quarter, whoever leads the owners of entitlement says whether high and critical access is still wanted.',
      definition: {
        kind: 'access',
        scope: { risk: ['high', 'critical'] },
        stages: [
          {
            name: 'Owners of entitlement',
            reviewers: { by: 'layer_lead', layer: 'entitlement' },
            fallbacks: [{ by: 'sponsor' }, { by: 'governance_lead' }],
            duration: 'P14D',
            escalation: [{ after: 'P10D', action: 'add', to: { by: 'manager' } }],
          },
        ],
        challengePeriod: 'P5D',
        announce: 'P7D',
        attestation,
      },
      schedule: { launch: 'recurring', first: today.firstOfNextQuarter, every: 'P3M', timeZone },
    },
    {
      key: 'yearly-ownership',
      name: 'Yearly confirmation of ownership',
      description:
        'Once a year every team says for each layer whether it still owns it; security looks at what was not answered.',
      definition: {
        kind: 'ownership',
        scope: { layer: [...layerIds] },
        stages: [
          { name: 'Leads of the owning teams', reviewers: { by: 'layer_lead' }, duration: 'P21D' },
          {
            name: 'Governance',
            reviewers: { by: 'governance_lead' },
            duration: 'P7D',
            takes: ['no_response'],
          },
        ],
        announce: 'P14D',
        attestation,
      },
      schedule: { launch: 'recurring', first: today.firstOfNextYear, every: 'P1Y', timeZone },
    },
    {
      key: 'enforcement-ownership',
      name: 'Who owns enforcement',
      description: 'Asks the teams behind the front door whether the last word inside each tool is still theirs.',
      definition: {
        kind: 'ownership',
        scope: { layer: ['enforcement'] },
        stages: [
          {
            name: 'Application owners',
            reviewers: { by: 'layer_lead' },
            fallbacks: [{ by: 'manager' }, { by: 'governance_lead' }],
            duration: 'P14D',
            escalation: [{ after: 'P7D', action: 'add', to: { by: 'manager' } }],
          },
        ],
        attestation,
      },
      schedule: null,
    },
    {
      key: 'micro-certification',
      name: 'Micro-certification after a change',
      description: 'When something that was certified has changed, asks at once about just what the change touched.',
      definition: {
        kind: 'access',
        stages: [
          {
            name: 'Owners of entitlement',
            reviewers: { by: 'layer_lead', layer: 'entitlement' },
            fallbacks: [{ by: 'sponsor' }, { by: 'governance_lead' }],
            duration: 'P7D',
            escalation: [{ after: 'P4D', action: 'add', to: { by: 'manager' } }],
          },
        ],
        reminderDays: [3, 1],
      },
      schedule: { launch: 'event', events: [...certificationEventKinds] },
    },
    {
      key: 'falling-due',
      name: 'What falls due',
      description:
        'Once a week, asks about the access whose certification runs out in the next two weeks, by the pace of its risk.',
      definition: {
        kind: 'access',
        stages: [
          {
            name: 'Owners of entitlement',
            reviewers: { by: 'layer_lead', layer: 'entitlement' },
            fallbacks: [{ by: 'sponsor' }, { by: 'governance_lead' }],
            duration: 'P10D',
            escalation: [{ after: 'P7D', action: 'add', to: { by: 'manager' } }],
          },
        ],
      },
      schedule: { launch: 'cadence', leadDays: 14, every: 'P7D', timeZone },
    },
  ]
  return templates.map(({ definition, schedule, ...named }) => ({
    ...named,
    definition: definitionSchema.parse(definition),
    schedule: scheduleSchema.nullable().parse(schedule),
  }))
}

/** The days that starting templates begin on, for those who take them today. */
export function startingDays(today: string): Parameters<typeof startingTemplates>[0] {
  const [year = 0, month = 1] = today.split('-').map(Number)
  const quarterMonth = Math.floor((month - 1) / 3) * 3 + 4
  const firstOfNextYear = `${year + 1}-01-01`
  return {
    firstOfNextQuarter: quarterMonth > 12 ? firstOfNextYear : `${year}-${String(quarterMonth).padStart(2, '0')}-01`,
    firstOfNextYear,
  }
}
