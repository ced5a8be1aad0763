'use client'

import { Group, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useRouter } from 'next/navigation'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { TextLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { Problem } from '@/components/problem'
import { RelativeTime } from '@/components/relative-time'
import { useAttempt } from '@/components/use-attempt'
import type { CampaignComment } from '@/lib/recertification/campaigns/comments'
import { urls } from '@/lib/urls'
import classes from './run.module.css'

interface CommentsProps {
  slug: string
  comments: readonly CampaignComment[]
  /** Whether there are earlier ones than those given. */
  more: boolean
  can: true | string
}

/** What was said about the campaign and its items, the newest first, and room to say something. */
export function Comments({ slug, comments, more, can }: CommentsProps) {
  const router = useRouter()
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
      {comments.length > 0 && (
        <ul className={classes.lines}>
          {comments.map(({ id, at, author, text, item }) => (
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
          {more && <li className={classes.quiet}>Earlier ones are not shown here.</li>}
        </ul>
      )}
    </Panel>
  )
}
