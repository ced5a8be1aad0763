import type { Metadata } from 'next'
import { LinkButton } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { scheduleWords } from '@/components/recertification/campaign-words'
import { read } from '@/lib/http/page-data'
import { decoded, urls } from '@/lib/urls'
import { readChoices } from '../../wizard/choices'
import { TemplateWizard } from '../../wizard/template-wizard'
import { scheduleValuesOf, valuesOf } from '../../wizard/values'
import { RemoveTemplate } from './remove-template'

interface TemplatePageProps {
  params: Promise<{ slug: string }>
}

export async function generateMetadata({ params }: TemplatePageProps): Promise<Metadata> {
  return { title: (await read('campaignTemplates.get', { slug: decoded((await params).slug) })).name }
}

export default async function TemplatePage({ params }: TemplatePageProps) {
  const slug = decoded((await params).slug)
  const [template, choices] = await Promise.all([read('campaignTemplates.get', { slug }), readChoices()])
  const { name, description, definition, schedule, enabled, nextOn, owner, version, can } = template
  const { tomorrow, timeZone, teams, environments } = choices
  const person = owner?.person ?? null
  return (
    <>
      <PageHeader
        title={name}
        breadcrumbs={[{ title: 'Campaigns', href: urls.recertification() }]}
        meta={`Template · ${scheduleWords(schedule)}${nextOn ? ` · next on ${nextOn}` : ''}`}
        actions={
          <>
            <RemoveTemplate template={template} />
            <LinkButton href={urls.newCampaign({ template: slug })} variant="default">
              Make a campaign
            </LinkButton>
          </>
        }
      />
      <TemplateWizard
        initial={{
          ...valuesOf(definition),
          ...{ name, description, enabled, owner: person?.externalId ?? null },
          schedule: scheduleValuesOf(schedule, { first: tomorrow, timeZone }),
        }}
        template={{ slug, version }}
        owner={person && { value: person.externalId, label: person.name }}
        only={definition.only}
        teams={teams}
        environments={environments}
        can={can.edit}
      />
    </>
  )
}
