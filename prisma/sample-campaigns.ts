import type { z } from 'zod'
import type { Database } from '@/lib/db/client'
import { importers } from '@/lib/importers/index'
import { startingDays, startingTemplates } from '@/lib/recertification/campaigns/starting-templates'
import type { CampaignState, definitionSchema } from '@/lib/recertification/model'
import { dayAfter, dayIn } from '@/lib/time/calendar'
import { useCases } from '@/lib/use-cases/catalog'
import { runUseCase } from '@/lib/use-cases/run'
import { importRead } from './sample-import'
import { type Answer, SampleRun } from './sample-run'

const owner = 'farid.rahmani'
type Definition = z.input<typeof definitionSchema>
interface Campaign {
  id: string
  state: CampaignState
}

/**
 * Campaigns as the sample's organisation would have run them in the last weeks: each step is the real one, taken at the
 * moment at which it would have been. What was done already is left alone, so that a seed that was stopped goes on.
 */
export async function runSampleCampaigns(database: Database, now: Date): Promise<void> {
  const run = new SampleRun(database, now)
  await revokedBefore(run)
  await ownershipBefore(run)
  await accessNow(run)
  await monitoringNow(run)
  await keepTemplates(run)
}

/** The quarter a day is in, as campaigns are called by it. */
const quarterOf = (day: string) => `${day.slice(0, 4)} Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`

/** A campaign of this name, launched at the moment of the run unless it is there already. */
async function launched(run: SampleRun, name: string, description: string, definition: Definition): Promise<Campaign> {
  const find = () =>
    run.database.prisma.campaign.findFirst({ where: { name }, select: { id: true, slug: true, state: true } })
  const lead = await run.as(owner)
  const { slug } =
    (await find()) ?? (await runUseCase(useCases['campaigns.create'], { name, description, definition, owner }, lead))
  if ((await find())?.state === 'draft') await runUseCase(useCases['campaigns.start'], { slug }, lead)
  const { id, state } = await run.database.prisma.campaign.findFirstOrThrow({ where: { slug } })
  if (state === 'launching') await run.launch(id)
  return await campaignOf(run, id)
}

const campaignOf = (run: SampleRun, id: string): Promise<Campaign> =>
  run.database.prisma.campaign.findUniqueOrThrow({ where: { id }, select: { id: true, state: true } })

/** Ends the present stage of a campaign whose time is over, and applies what it came to. */
async function over(run: SampleRun, id: string): Promise<void> {
  if ((await campaignOf(run, id)).state === 'running') await run.advance(id)
  if ((await campaignOf(run, id)).state === 'closing') await run.close(id)
}

/** A small campaign six weeks ago that revoked two bindings: one is gone for sure, the other should be by now. */
async function revokedBefore(run: SampleRun): Promise<void> {
  const start = run.daysAgo(40)
  const { id, state } = await launched(
    start,
    'Access of Log sentinel',
    'After Log sentinel was moved to reading logs only, whether it still needs what it had before.',
    {
      kind: 'access',
      scope: { agent: 'log-sentinel', risk: ['low', 'medium'] },
      stages: [{ name: 'Owners of privilege', reviewers: { by: 'layer_lead', layer: 'privilege' }, duration: 'P7D' }],
    },
  )
  const revoked: Record<string, string> = {
    'log-sentinel/incident-desk@production': 'It hands findings to the incident responder, who files them.',
    'log-sentinel/threat-intelligence@production': 'It was never used since the feed is read by the phishing analyst.',
  }
  if (state === 'running')
    await run.daysAgo(38).decide(id, 'hana.kim', (subject) => {
      const comment = revoked[subject]
      return comment ? { verdict: 'revoke', comment } : { verdict: 'certify' }
    })
  await over(run.daysAgo(32), id)
  await handInEvidence(run.daysAgo(29), 'log-sentinel/threat-intelligence@production')
  await seeGone(run.daysAgo(26))
}

/** The engineer's word that it is gone. */
async function handInEvidence(run: SampleRun, bindingSlug: string): Promise<void> {
  const remediation = await run.database.prisma.remediation.findFirst({ where: { bindingSlug, state: 'open' } })
  if (!remediation) return
  const text = 'The key was deleted in the console of the feed, and a call with it is turned away.'
  const input = { id: remediation.id, text, aboutAt: dayIn(run.now, 'UTC') }
  await runUseCase(useCases['remediations.evidence'], input, await run.as('chidi.eze'))
}

/** An import says of the one that it was revoked where it was granted; of the other it only says that it is still there. */
async function seeGone(run: SampleRun): Promise<void> {
  if ((await run.database.prisma.remediation.count({ where: { state: 'evidenced' } })) === 0) return
  const agent = 'log-sentinel'
  const bindings = [
    { agent, tool: 'threat-intelligence', environment: 'production', state: 'revoked' },
    { agent, tool: 'incident-desk', environment: 'production' },
  ]
  const estate = { apiVersion: 'pentarch/v1', kind: 'Estate', bindings }
  const files = [{ name: 'keys-of-log-sentinel.json', bytes: Buffer.from(JSON.stringify(estate)) }]
  const read = () => importers.estate(files)
  await importRead(run.database, run.now, { kind: 'estate', files: files.map(({ name }) => name), read })
}

/** Who owns enforcement, asked team by team and then of the governance lead; closed about three weeks ago. */
async function ownershipBefore(run: SampleRun): Promise<void> {
  const start = run.daysAgo(42)
  const { id, state } = await launched(
    start,
    `Who owns enforcement, ${quarterOf(dayIn(start.now, 'UTC'))}`,
    'Whether the last word inside each tool is still with the team that the books name.',
    {
      kind: 'ownership',
      scope: { layer: ['enforcement'], team: ['cloud-platform', 'corporate-systems'], state: ['accepted'] },
      stages: [
        { name: 'Leads of the owning teams', reviewers: { by: 'layer_lead' }, duration: 'P14D' },
        { name: 'Governance', reviewers: { by: 'governance_lead' }, duration: 'P7D', takes: ['no_response'] },
      ],
      attestation: 'The teams that enforce were asked, and what they did not answer is shown as such.',
    },
  )
  if (state !== 'running') return
  await run
    .daysAgo(36)
    .decide(id, 'grace.mutua', (subject) =>
      subject.endsWith(':eslint')
        ? { verdict: 'revoke', comment: 'It checks text on the author’s machine: there is nothing to enforce in it.' }
        : { verdict: 'certify', comment: 'Still ours, and in the on-call rota.' },
    )
  await run.daysAgo(27).advance(id)
  await run.daysAgo(24).decide(id, owner, (subject) => {
    if (subject.endsWith(':vendor-master'))
      return {
        verdict: 'reassign',
        toTeam: 'payments-and-billing',
        toPerson: 'kenji.mori',
        comment: 'Payments releases the vendor file since spring.',
      }
    if (subject.endsWith(':general-ledger') || subject.endsWith(':hr-records'))
      return { verdict: 'certify', comment: 'Confirmed with Oliver Brandt by phone.' }
    return null
  })
  await over(run.daysAgo(19), id)
}

const certified = [
  'Used daily, and the allowlist is what the intent says.',
  'Looked at the last month of use: only what the intent names.',
  'Still needed; the boundary was tested after the last change.',
]

/** What hands were laid on in the campaign under way, beside certifying. */
const notCertified: Record<string, Answer> = {
  'campaign-planner/customer-mart@production': {
    verdict: 'revoke',
    comment: 'Segments come from the campaign manager now; nobody can name a use of the mart itself.',
  },
  'report-writer/customer-mart@production': {
    verdict: 'reassign',
    toTeam: 'data-platform',
    comment: 'Privilege on the mart is cut by the data platform itself since the move.',
  },
}

/** Critical and high access, under way for nine days. */
async function accessNow(run: SampleRun): Promise<void> {
  const start = run.daysAgo(9)
  const { id, state } = await launched(
    start,
    `Critical and high access, ${quarterOf(dayIn(start.now, 'UTC'))}`,
    'Whether each agent still needs the access by which it could do most harm.',
    {
      kind: 'access',
      scope: { risk: ['high', 'critical'] },
      stages: [
        {
          name: 'Owners of privilege',
          reviewers: { by: 'layer_lead', layer: 'privilege' },
          fallbacks: [{ by: 'sponsor' }, { by: 'governance_lead' }],
          duration: 'P14D',
          escalation: [{ after: 'P12D', action: 'add', to: { by: 'governance_lead' } }],
        },
        {
          name: 'Governance',
          reviewers: { by: 'governance_lead' },
          duration: 'P7D',
          takes: ['certify', 'no_response'],
        },
      ],
      challengePeriod: 'P5D',
      instructions:
        'Ask what would stop without the access. If nobody can say, revoke it: two weeks are left to contest.',
      attestation: 'I have overseen this review. What was not answered is shown as such.',
    },
  )
  if (state !== 'running' || (await run.database.prisma.reviewDecision.count({ where: { campaignId: id } })) > 0) return
  const early = run.daysAgo(7)
  const hand = (to: string, subjects: string[], reason: string) => early.handOver(id, 'hana.kim', to, subjects, reason)
  await hand(
    'chidi.eze',
    [
      'fraud-screener/vehicle-register@production',
      'fraud-screener/bank-statements@production',
      'repair-scheduler/repair-network@production',
    ],
    'They are reached through your broker: you see what they are used for.',
  )
  await hand(
    'mei.tanaka',
    [
      'claims-payer/payments-api@production',
      'refund-agent/payments-api@production',
      'refund-agent/refund-workflow@production',
    ],
    'You approved what they may pay.',
  )
  await hand(
    'emily.hart',
    [
      'service-assistant/crm@production',
      'service-assistant/refund-workflow@production',
      'complaint-handler/call-transcripts@production',
    ],
    'Your team sees every day whether these are of use.',
  )
  await hand(
    'leila.haddad',
    ['injury-reviewer/medical-reports@production', 'document-reader/medical-reports@production'],
    'You signed the contract of medical reports.',
  )
  const today = dayIn(run.now, 'UTC')
  let deferred = false
  await run.daysAgo(5).decide(id, 'hana.kim', (subject, index) => {
    const other = notCertified[subject]
    if (other) return other
    if (index % 2 === 1) return null
    if (!deferred) {
      deferred = true
      return { verdict: 'defer', deferUntil: dayAfter(today, 'P2D'), comment: 'Waiting for the log of last month.' }
    }
    return { verdict: 'certify', comment: certified[index % certified.length] }
  })
  for (const person of ['mei.tanaka', 'leila.haddad', 'emily.hart', owner])
    await run
      .daysAgo(2)
      .decide(id, person, (_subject, index) => (index === 0 ? { verdict: 'certify', comment: certified[1] } : null))
}

/** Who watches the agents that handle claims and money, asked of governance since a few days. */
async function monitoringNow(run: SampleRun): Promise<void> {
  const { id, state } = await launched(
    run.daysAgo(4),
    'Who watches what can pay',
    'Whether somebody looks at what the agents do that move money.',
    {
      kind: 'ownership',
      scope: { layer: ['monitoring', 'privilege'], risk: ['critical'] },
      stages: [{ name: 'Governance', reviewers: { by: 'governance_lead' }, duration: 'P14D' }],
    },
  )
  if (state !== 'running' || (await run.database.prisma.reviewDecision.count({ where: { campaignId: id } })) > 0) return
  await run
    .daysAgo(1)
    .decide(id, owner, (_subject, index) =>
      index < 3 ? { verdict: 'certify', comment: 'Seen in the weekly report of the watch.' } : null,
    )
}

/** Templates for what comes back by itself. What falls due is not collected: the demo begins with much of it. */
async function keepTemplates(run: SampleRun): Promise<void> {
  const timeZone = 'UTC'
  const lead = await run.as(owner)
  const kept = new Set(
    (await run.database.prisma.campaignTemplate.findMany({ select: { name: true } })).map(({ name }) => name),
  )
  for (const { key, name, description, definition, schedule } of startingTemplates(
    startingDays(dayIn(run.now, timeZone)),
    timeZone,
  )) {
    if (kept.has(name)) continue
    const enabled = key !== 'falling-due'
    const input = { name, description, definition, enabled, owner, ...(schedule && { schedule }) }
    await runUseCase(useCases['campaignTemplates.create'], input, lead)
  }
}
