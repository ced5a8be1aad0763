'use client'

import { Button, Group, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useRouter } from 'next/navigation'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { TextLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { Problem } from '@/components/problem'
import { RelativeTime } from '@/components/relative-time'
import { useAttempt } from '@/components/use-attempt'
import { useMoreRows } from '@/components/use-more-rows'
import type { CampaignComment } from '@/lib/recertification/campaigns/comments'
import { urls } from '@/lib/urls'
import classes from './run.module.css'

interface CommentsProps {
  slug: string
  /** The latest, and where the earlier ones go on. */
  comments: { rows: CampaignComment[]; next: string | null }
  can: true | string
}

/** What was said about the campaign and its items, the newest first, and room to say something. */
export function Comments({ slug, comments, can }: CommentsProps) {
  const router = useRouter()
  const said = useMoreRows(comments.rows, comments.next, (cursor) => api('campaigns.comments', { slug, cursor }))
  const form = useForm({
    initialValues: { text: '' },
    validate: { text: (text) => (text.trim() ? null : 'Say something') },
  })
  const say = useAttempt(
    async (text: string) => {
      await api('campaigns.comment', { slug, text })
    },
    () => {
      form.reset()
      router.refresh()
    },
  )
  return (
    <Panel title="Comments" flush>
      <form className={classes.say} onSubmit={form.onSubmit(({ text }) => say.run(text.trim()))} noValidate>
        <Textarea
          aria-label="Comment"
          placeholder="For everybody who looks at this campaign"
          autosize
          minRows={1}
          maxRows={8}
          {...form.getInputProps('text')}
        />
        <Problem text={say.problem} />
        <Group justify="flex-end">
          <DisabledReason can={can} type="submit" size="xs" variant="default" loading={say.pending}>
            Comment
          </DisabledReason>
        </Group>
      </form>
      {said.rows.length > 0 && (
        <ul className={classes.lines}>
          {said.rows.map(({ id, at, author, text, item }) => (
            <li key={id}>
              <div className={classes.line}>
                <b>{author}</b>
                <small>
                  <RelativeTime at={at} />
                </small>
                {item && <TextLink href={urls.reviewItem(item.id)}>{item.subject}</TextLink>}
              </div>
              <p>{text}</p>
            </li>
          ))}
          {said.next !== null && (
            <li>
              <Button size="compact-sm" variant="default" loading={said.pending} onClick={said.load}>
                Earlier comments
              </Button>
              <Problem text={said.problem} />
            </li>
          )}
        </ul>
      )}
    </Panel>
  )
}
