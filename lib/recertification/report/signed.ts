import { createHash } from 'node:crypto'
import { canonicalText } from '@/lib/contracts/canonical'
import type { Definition } from '../model'
import type { ReviewRecord } from './model'

/** What of a campaign as a whole is signed. Only what does not change any more once it has ended. */
export interface SignedHead {
  format: 'pentarch/campaign-report/v1'
  campaign: {
    id: string
    slug: string
    name: string
    kind: string
    trigger: string
    because: string | null
    owner: string
    createdAt: string
    createdBy: string
    picturedAt: string | null
    launchedAt: string | null
    endedAt: string
    endedReason: string | null
    outcome: string
    definition: Definition
  }
  stages: { number: number; startedAt: string; dueOn: string; extended: boolean; endedAt: string | null }[]
  counts: object[]
  attestation: string
  signedAt: string
}

type Person = ReviewRecord['accountable']

/** People and teams by id: what they are called may change later. */
const who = (person: Person): string | null => person && (person.id ?? person.name)

/**
 * What of a record is signed: all of it as it was when the campaign ended. Remediations go on afterwards, with dates and
 * audit events of their own: that one was opened is signed, its course is not; nor are later comments.
 */
export function signedPart(record: ReviewRecord, endedAt: string) {
  const { team, accountable, reviewers, decisions, challenges, comments, remediation, ...item } = record
  return {
    ...item,
    team: team?.id ?? null,
    accountable: who(accountable),
    reviewers: reviewers.map(({ person, ...reviewer }) => ({ ...reviewer, person: who(person) })),
    decisions: decisions.map(({ person, standsInFor, toTeam, toPerson, ...decision }) => ({
      ...decision,
      person: { id: person.id, name: person.name },
      standsInFor: who(standsInFor),
      toTeam: toTeam?.id ?? null,
      toPerson: who(toPerson),
    })),
    challenges,
    comments: comments.filter(({ at }) => at <= endedAt),
    remediation: remediation && { id: remediation.id, createdAt: remediation.createdAt },
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/**
 * The digest of a report: SHA-256 of lines, each the SHA-256 (hexadecimal) of the canonical JSON (RFC 8785) of one part and
 * a line break: first the head, then the records in the order of those digests, so that it hangs on no order of theirs.
 */
export async function reportDigest(head: SignedHead, records: AsyncIterable<ReviewRecord>): Promise<string> {
  const digests: string[] = []
  for await (const record of records) {
    digests.push(sha256(canonicalText(signedPart(record, head.campaign.endedAt))))
  }
  const whole = createHash('sha256').update(`${sha256(canonicalText(head))}\n`)
  for (const digest of digests.sort()) whole.update(`${digest}\n`)
  return whole.digest('hex')
}
