import { EmptyState } from '@/components/empty-state'
import { TextLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { Problem } from '@/components/problem'
import { RelativeTime } from '@/components/relative-time'
import type { RunDetail } from '@/lib/contracts/parity/model'
import { urls } from '@/lib/urls'
import { AnswerGrid } from './answer-grid'
import classes from './parity.module.css'
import { RunVerdict } from './run-verdict'

interface LatestProps {
  run: RunDetail | null
  /** Whether it is the newest, and not one out of the history. */
  isLatest: boolean
  /** Of the contract in force. */
  digest: string | null
  slug: string
  /** Whether a run could be started, or why not. */
  may: true | string
}

/** What the points answered in a run, side by side with what the contract expects. */
export function Latest({ run, isLatest, digest, slug, may }: LatestProps) {
  if (run === null)
    return (
      <Panel title="Answers" flush>
        <EmptyState>
          {may === true
            ? 'The points have not been asked yet. They are once a day; the button above asks them now.'
            : `The points have not been asked yet. ${may}`}
        </EmptyState>
      </Panel>
    )
  return (
    <Panel
      title={isLatest ? 'Answers' : 'Answers of an earlier run'}
      aside={!isLatest && <TextLink href={urls.parity(slug)}>Show the latest</TextLink>}
      flush
    >
      <div className={classes.verdict}>
        <RunVerdict run={run} />
        <span>
          asked <RelativeTime at={run.startedAt} /> by {run.by}
        </span>
        {run.contract.digest !== digest && (
          <span>with version {run.contract.version}, which is not in force any more</span>
        )}
      </div>
      {run.failure !== null && (
        <div className={classes.failure}>
          <Problem text={run.failure} />
        </div>
      )}
      {run.vectors.length > 0 && <AnswerGrid run={run} />}
    </Panel>
  )
}
