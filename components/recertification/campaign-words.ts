import type {
  CampaignKind,
  CampaignLaunch,
  CampaignState,
  CampaignTrigger,
  CertificationEventKind,
  ItemState,
  NonResponsePolicy,
  Outcome,
  ReviewerReason,
  ReviewerStrategy,
  Schedule,
  Standing,
  Verdict,
} from '@/lib/recertification/model'
import { durationWords } from './duration'

/** What readers see for the closed vocabularies of recertification. */
export const campaignKindTitles: Record<CampaignKind, string> = { access: 'Access', ownership: 'Ownership' }

export const campaignKindQuestions: Record<CampaignKind, string> = {
  access: 'Is this agent’s access to this tool still within approved business intent?',
  ownership: 'Does this team still own this layer here?',
}

export const campaignStateTitles: Record<CampaignState, string> = {
  draft: 'Draft',
  scheduled: 'Scheduled',
  launching: 'Launching',
  running: 'Running',
  settled: 'Waiting to be closed',
  closing: 'Closing',
  closed: 'Closed',
  stopped: 'Stopped',
}

export const campaignTriggerTitles: Record<CampaignTrigger, string> = {
  hand: 'By hand',
  schedule: 'By its schedule',
  cadence: 'As certifications ran out',
  event: 'After a change',
  reiteration: 'Asking again',
}

export const campaignLaunchTitles: Record<CampaignLaunch, string> = {
  hand: 'By hand',
  recurring: 'On days',
  cadence: 'As certifications run out',
  event: 'After a change',
}

export const itemStateTitles: Record<ItemState, string> = {
  open: 'Open',
  answered: 'Answered',
  settled: 'Decided',
  contested: 'Contested',
  applied: 'Applied',
  withdrawn: 'Withdrawn',
}

export const outcomeTitles: Record<Outcome, string> = {
  certify: 'Certified',
  reassign: 'Reassigned',
  revoke: 'Revoked',
  no_response: 'Not answered',
}

export const verdictTitles: Record<Verdict, string> = {
  certify: 'Certify',
  reassign: 'Reassign',
  revoke: 'Revoke',
  not_mine: 'Not mine',
  defer: 'Later',
}

export const standingTitles: Record<Standing, string> = {
  new: 'New',
  changed: 'Changed',
  unchanged: 'Unchanged',
  unknown: 'Unknown',
}

export const reviewerReasonTitles: Record<ReviewerReason, string> = {
  layer_lead: 'Leads the owning team',
  accountable: 'Accountable person',
  sponsor: 'Sponsor of the agent',
  manager: 'Manager',
  team: 'Lead of the named team',
  person: 'Named person',
  governance_lead: 'Governance lead',
  campaign_owner: 'Owner of the campaign',
  escalation: 'Escalation',
  handed_over: 'Handed over',
  named: 'Named by hand',
}

export const nonResponseTitles: Record<NonResponsePolicy, string> = {
  gap: 'Leave it open as a gap',
  revoke: 'Revoke it',
  extend_once: 'Ask once more for as long again, then leave it as a gap',
}

export const certificationEventTitles: Record<CertificationEventKind, string> = {
  owner_left: 'An owner left',
  privileges_widened: 'Privileges were widened',
  risk_raised: 'Risk was raised',
  independent_privileges_gained: 'A tool gained privileges of its own',
  chain_extended: 'A tool joined a delegation chain',
}

export const strategyTitles: Record<ReviewerStrategy['by'], string> = {
  layer_lead: 'Lead of the team that owns it',
  accountable: 'Accountable person',
  sponsor: 'Sponsor of the agent',
  manager: 'Manager of the accountable person',
  team: 'Lead of a named team',
  person: 'A named person',
  governance_lead: 'Governance lead',
}

/** When a template launches by itself, in a sentence. */
export function scheduleWords(schedule: Schedule | null): string {
  if (schedule === null) return 'By hand'
  switch (schedule.launch) {
    case 'recurring':
      return `Every ${everyWords(schedule.every)} from ${schedule.first}`
    case 'cadence':
      return `Every ${everyWords(schedule.every)}, what runs out within ${schedule.leadDays} days`
    case 'event':
      return schedule.events.length === Object.keys(certificationEventTitles).length
        ? 'After every change that undoes a certification'
        : `When ${schedule.events.map((event) => lowerFirst(certificationEventTitles[event])).join(', or ')}`
  }
}

const everyWords = (iso: string) => durationWords(iso).replace(/^1 /, '')
const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
