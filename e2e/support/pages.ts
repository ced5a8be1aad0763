import type { Api } from '@/lib/http/client'
import { urls } from '@/lib/urls'

/** The address of every page behind sign-in, each with something of the sample on it. */
export async function everyPage(api: Api): Promise<string[]> {
  const [gaps, runs, campaigns, templates, remediations, reviews, events] = await Promise.all([
    api('gaps.list', { limit: 1 }),
    api('imports.list', { limit: 1 }),
    api('campaigns.list', {}),
    api('campaignTemplates.list', { limit: 1 }),
    api('remediations.list', { limit: 1 }),
    api('reviews.list', { limit: 1 }),
    api('audit.list', { action: 'imports.apply', limit: 1 }),
  ])
  return [
    ...[
      urls.overview(),
      urls.matrix(),
      urls.matrix({ rows: 'agents' }),
      urls.gaps(),
      urls.imports(),
      urls.exports(),
      urls.evidence(),
      urls.log(),
      urls.whatIf(),
      urls.rules(),
    ],
    ...[urls.agents(), urls.tools(), urls.bindings(), urls.teams(), urls.people(), urls.tokens(), urls.notifications()],
    ...[urls.agent('claims-payer'), urls.tool('payments-api'), urls.team('cloud-platform'), urls.person('grace.mutua')],
    ...[urls.exceptions(), urls.policy(), urls.gaps({ sort: 'due' })],
    ...[urls.frameworks(), urls.framework('nist-csf')],
    ...[urls.enforcementPoints(), urls.enforcementPoint('partner-hub')],
    ...[urls.delegations(), urls.delegations({ view: 'list' }), urls.delegations({ agent: 'claims-triage' })],
    ...[urls.binding('claims-payer/payments-api@production'), urls.rule('layer-unowned')],
    ...[urls.audit(), urls.audit({ about: 'agent:claims-payer' }), ...events.rows.map(({ id }) => urls.auditEvent(id))],
    ...[urls.compare(), urls.compare({ kind: 'owner' })],
    ...[urls.mend(), urls.mend({ by: 'subject' }), urls.successions(), urls.succession('daniel.okoye')],
    ...[urls.contracts(), urls.newContract(), urls.newContract('claims-api'), urls.contract('claims-api', 2)],
    ...[urls.contract('claims-api', 2, { against: 1 }), urls.editContract('call-transcripts', 1)],
    ...[
      urls.parity('claims-api'),
      urls.parity('payments-api'),
      urls.outbound(),
      urls.provisioning(),
      urls.accounts(),
      urls.serviceAccounts(),
      urls.waysIn(),
      urls.streams(),
      urls.exportSchedules(),
      urls.enforcementPoint('claims-core'),
    ],
    ...[urls.recertification(), urls.newCampaign()],
    ...campaigns.rows.map(({ slug }) => urls.campaign(slug)),
    ...campaigns.rows.map(({ slug }) => urls.campaignReport(slug)),
    ...templates.rows.map(({ slug }) => urls.campaignTemplate(slug)),
    ...[urls.reviews(), urls.reviews({ state: 'answered', group: 'layer' })],
    ...reviews.rows.map(({ id }) => urls.reviewItem(id)),
    urls.remediations(),
    ...remediations.rows.map(({ id }) => urls.remediation(id)),
    ...gaps.rows.map(({ id }) => urls.gap(id)),
    ...runs.rows.map(({ id }) => urls.importRun(id)),
  ]
}
