import { pageMay } from '@/lib/http/page-data'
import type { CampaignDetail } from '@/lib/recertification/campaigns/shapes'
import { CampaignWizard } from '../wizard/campaign-wizard'
import { readChoices } from '../wizard/choices'
import { scheduleValuesOf, valuesOf } from '../wizard/values'

/** A campaign that was not launched yet: the form, filled in. */
export async function Draft({ campaign }: { campaign: CampaignDetail }) {
  const { slug, name, description, definition, owner, version, can } = campaign
  const [choices, template] = await Promise.all([readChoices(), pageMay('campaignTemplates.create')])
  const { tomorrow, timeZone, teams, environments } = choices
  const { person } = owner
  return (
    <CampaignWizard
      initial={{
        ...valuesOf(definition),
        ...{ name, description, owner: person?.externalId ?? null },
        schedule: scheduleValuesOf(null, { first: tomorrow, timeZone }),
        enabled: true,
      }}
      draft={{ slug, version }}
      template={null}
      owner={person && { value: person.externalId, label: person.name }}
      only={definition.only}
      teams={teams}
      environments={environments}
      tomorrow={tomorrow}
      can={{ save: can.edit, start: can.start, schedule: can.schedule, template }}
    />
  )
}
