'use client'

import { Button, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconArrowRight, IconMessage } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { Panel } from '@/components/panel'
import { Problem } from '@/components/problem'
import { useSave } from '@/components/registry/use-save'
import { RelativeTime } from '@/components/relative-time'
import { useMoreRows } from '@/components/use-more-rows'
import type { GapDetail } from '@/lib/gaps/shapes'
import { commentTextSchema, type GapComment } from '@/lib/gaps/work/model'
import { fits } from '../../field-rules'
import { words } from '../../list-query'
import classes from '../gaps.module.css'
import { type Moment, momentsOf } from './timeline'

interface GapHistoryProps {
  gap: GapDetail
  comments: { rows: GapComment[]; next: string | null }
}

/** What happened to the gap and what was said about it, the newest first, and a place to say more. */
export function GapHistory({ gap, comments }: GapHistoryProps) {
  const more = useMoreRows(comments.rows, comments.next, (cursor) => api('gaps.comments', { id: gap.id, cursor }))
  return (
    <Panel title="History" flush>
      <CommentBox id={gap.id} can={gap.can.comment} />
      <ol className={classes.timeline} aria-label="History and comments">
        {momentsOf(gap.history, more.rows).map((moment) => (
          <li key={moment.key} data-kind={moment.kind}>
            <MomentLine moment={moment} />
          </li>
        ))}
      </ol>
      {more.next !== null && (
        <div className={classes.more}>
          <Button variant="default" size="compact-sm" loading={more.pending} onClick={more.load}>
            Older comments
          </Button>
        </div>
      )}
      <Problem text={more.problem} />
    </Panel>
  )
}

function MomentLine({ moment }: { moment: Moment }) {
  if (moment.kind === 'comment') {
    const { author, text } = moment.comment
    return (
      <>
        <IconMessage size={14} aria-hidden className={classes.sign} />
        <div className={classes.grow}>
          <b>{author}</b> <span className={classes.dim}>commented</span>
          <p className={classes.said}>{text}</p>
        </div>
        <When at={moment.at} />
      </>
    )
  }
  const { from, to, actor, note } = moment.event
  return (
    <>
      <IconArrowRight size={14} aria-hidden className={classes.sign} />
      <div className={classes.grow}>
        {from === to ? note : from ? `${words(from)} → ${words(to)}` : words(to)}{' '}
        <span className={classes.dim}>by {actor}</span>
        {from !== to && note && <div className={classes.dim}>{note}</div>}
      </div>
      <When at={moment.at} />
    </>
  )
}

function When({ at }: { at: string }) {
  return (
    <span className={classes.dim}>
      <RelativeTime at={at} />
    </span>
  )
}

const empty = { text: '' }

function CommentBox({ id, can }: { id: string; can: true | string }) {
  const router = useRouter()
  const form = useForm({ initialValues: empty, validate: { text: fits(commentTextSchema) } })
  const { onSubmit, pending, problem } = useSave({
    form,
    initial: empty,
    async save({ text }) {
      await api('gaps.comment', { id, text: text.trim() })
    },
    onSaved() {
      form.reset()
      router.refresh()
    },
  })
  return (
    <form onSubmit={onSubmit} noValidate className={classes.comment}>
      <Textarea
        aria-label="Comment"
        placeholder="Say what you found or decided"
        autosize
        minRows={2}
        maxRows={10}
        disabled={can !== true}
        {...form.getInputProps('text')}
      />
      <Problem text={problem} />
      <div>
        <DisabledReason can={can} type="submit" size="compact-sm" loading={pending}>
          Comment
        </DisabledReason>
      </div>
    </form>
  )
}
