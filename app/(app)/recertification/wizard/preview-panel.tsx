'use client'

import { Loader } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { PersonLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { Quiet } from '@/components/registry/quiet'
import type { CampaignKind } from '@/lib/recertification/model'
import { words } from '../../list-query'
import type { Preview } from './use-preview'
import classes from './wizard.module.css'

const shownMax = 8
const number = (count: number) => count.toLocaleString('en')

interface PreviewPanelProps {
  kind: CampaignKind
  preview: Preview | null
  problem: string | null
  pending: boolean
  /** Whether what is typed can be previewed at all. */
  valid: boolean
}

/** What would be asked and whom, beside the form. */
export function PreviewPanel({ kind, preview, problem, pending, valid }: PreviewPanelProps) {
  return (
    <Panel
      title="If it started now"
      aside={<span role="status">{pending && <Loader size={16} aria-label="Counting" />}</span>}
    >
      {problem !== null ? (
        <Quiet>{problem}</Quiet>
      ) : preview === null ? (
        <Quiet>
          {valid ? 'Counting' : 'As soon as what is marked is mended, this says who would be asked about what.'}
        </Quiet>
      ) : (
        <Figures kind={kind} preview={preview} pending={pending} />
      )}
    </Panel>
  )
}

function Figures({ kind, preview, pending }: { kind: CampaignKind; preview: Preview; pending: boolean }) {
  const { items, reviewers, nobody, byFallback, selfReview, byRisk, certifiedBefore } = preview
  if (items === 0)
    return (
      <p className={classes.warn}>
        <IconAlertTriangle size={15} aria-hidden />
        The scope matches no {kind === 'access' ? 'binding' : 'assignment'}. Widen it, or it cannot start.
      </p>
    )
  return (
    <div className={classes.preview} data-pending={pending || undefined}>
      <dl className={classes.figures}>
        <Figure value={items} label={items === 1 ? 'item' : 'items'} />
        <Figure value={reviewers.total} label={reviewers.total === 1 ? 'reviewer' : 'reviewers'} />
        <Figure value={nobody.items} label="with nobody" warn={nobody.items > 0} />
      </dl>
      <Quiet>
        {byRisk.map(({ risk, items: count }) => `${words(risk)} ${number(count)}`).join(' · ')}
        {certifiedBefore < items && ` · ${number(items - certifiedBefore)} never certified`}
      </Quiet>
      {reviewers.total > 0 && <Load reviewers={reviewers} />}
      {byFallback > 0 && (
        <Quiet>{number(byFallback)} go to a fallback: the reviewers’ strategy finds nobody for them.</Quiet>
      )}
      {selfReview > 0 && (
        <Quiet>
          {number(selfReview)} would be reviewed by who answers for them; somebody else is asked unless you allow it.
        </Quiet>
      )}
      {nobody.items > 0 && (
        <p className={classes.warn}>
          <IconAlertTriangle size={15} aria-hidden />
          <span>
            {reviewers.total === 0
              ? 'The reviewers’ strategy finds nobody at all. Choose another one, or add a fallback.'
              : `Nobody is found for ${nobody.rows.slice(0, 3).join(', ')}${
                  nobody.items > 3 ? ` and ${number(nobody.items - 3)} more` : ''
                }. Add a fallback.`}
          </span>
        </p>
      )}
    </div>
  )
}

/** How many items each reviewer would have, those with most first. */
function Load({ reviewers }: Pick<Preview, 'reviewers'>) {
  const most = reviewers.rows[0]?.items ?? 1
  const more = reviewers.total - Math.min(shownMax, reviewers.rows.length)
  return (
    <>
      <ul className={classes.load} aria-label="Items for each reviewer">
        {reviewers.rows.slice(0, shownMax).map(({ slug, name, items }) => (
          <li key={slug}>
            <span title={name}>
              <PersonLink id={slug} name={name} />
            </span>
            <span>{number(items)}</span>
            <span className={classes.bar} aria-hidden>
              <i style={{ width: `${Math.max(2, (items / most) * 100)}%` }} />
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && <Quiet>and {number(more)} more</Quiet>}
    </>
  )
}

function Figure({ value, label, warn = false }: { value: number; label: string; warn?: boolean }) {
  return (
    <div data-warn={warn || undefined}>
      <dt>{label}</dt>
      <dd>{number(value)}</dd>
    </div>
  )
}
