import { RiskBadge } from '@/components/badges'
import { TextLink } from '@/components/links'
import type { EndPreview, Fate } from '@/lib/recertification/stages/model'
import { urls } from '@/lib/urls'
import classes from './run.module.css'

const fateTitles: Record<Fate, string> = {
  next_stage: 'Go on to the next stage',
  certify: 'Certified',
  reassign: 'Reassigned',
  revoke: 'Revoked',
  no_response: 'Left without an answer',
  withdrawn: 'Withdrawn',
}

/** What becomes of the items, each kind of end with the first of those that come to it. */
export function Fates({ fates }: Pick<EndPreview, 'fates'>) {
  return fates.map(({ fate, items, unanswered, first }) => (
    <details key={fate} className={classes.fate}>
      <summary>
        <span>{fateTitles[fate]}</span>
        {unanswered > 0 && fate !== 'no_response' && (
          <small>{unanswered.toLocaleString('en')} of them without an answer</small>
        )}
        <b>{items.toLocaleString('en')}</b>
      </summary>
      <ul>
        {first.map(({ id, subject, risk }) => (
          <li key={id}>
            <span title={subject}>
              <TextLink href={urls.reviewItem(id)}>{subject}</TextLink>
            </span>
            <RiskBadge risk={risk} />
          </li>
        ))}
        {items > first.length && <li>and {(items - first.length).toLocaleString('en')} more</li>}
      </ul>
    </details>
  ))
}
