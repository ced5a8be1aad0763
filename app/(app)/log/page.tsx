import { Anchor, Stack, Text } from '@mantine/core'
import type { Metadata } from 'next'
import { EmptyState } from '@/components/empty-state'
import { Notice } from '@/components/notice'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { RelativeTime } from '@/components/relative-time'
import { mayRun } from '@/lib/access/permissions'
import { pageActor, read } from '@/lib/http/page-data'
import type { LogView } from '@/lib/transparency/model'
import { CheckpointPanel } from './checkpoint-panel'
import { CheckpointsTable } from './checkpoints-table'
import classes from './log.module.css'
import { LogActions } from './log-actions'
import { Witnesses } from './witnesses'

export const metadata: Metadata = { title: 'Transparency log' }

export default async function LogPage() {
  const actor = await pageActor()
  const log = await read('log.get', {})
  const { rows, next } = await read('log.checkpoints', { limit: 20 })
  return (
    <>
      <PageHeader
        title="Transparency log"
        meta={
          <span>
            {log.size.toLocaleString('en')} events, each a leaf of a signed tree: whoever keeps a checkpoint notices
            when history is rewritten.
          </span>
        }
        actions={<LogActions checkpoint={mayRun('log.checkpoint', actor)} verify={mayRun('log.verify', actor)} />}
      />
      <Stack gap="md">
        <Verification verification={log.verification} />
        {log.newest ? (
          <CheckpointPanel log={log} checkpoint={log.newest} />
        ) : (
          <Panel title="Newest checkpoint">
            <EmptyState>
              No checkpoint has been signed yet. The first comes within a minute of the first event.
            </EmptyState>
          </Panel>
        )}
        <Witnesses witnesses={log.witnesses} add={mayRun('log.addWitness', actor)} />
        {rows.length > 0 && <CheckpointsTable rows={rows} next={next} />}
        <Text size="sm" c="dimmed">
          The newest checkpoint is at{' '}
          <Anchor href="/api/v1/log/checkpoint" inherit underline="always">
            /api/v1/log/checkpoint
          </Anchor>{' '}
          for everybody, without signing in. It names nobody.
        </Text>
      </Stack>
    </>
  )
}

function Verification({ verification }: Pick<LogView, 'verification'>) {
  if (!verification) return null
  const { endedAt, findings, details, size } = verification
  if (findings === 0)
    return (
      <Text size="sm">
        Verified <RelativeTime at={endedAt} />: all {size.toLocaleString('en')} events are as they were logged.
      </Text>
    )
  return (
    <Notice label="The audit log was tampered with" blocks>
      <strong>
        The audit log is not what was logged, in {findings.toLocaleString('en')} {findings === 1 ? 'place' : 'places'}.
      </strong>{' '}
      Found <RelativeTime at={endedAt} />. Keep the database as it is and compare with the checkpoints that witnesses
      hold.
      <ul className={classes.findings}>
        {details.slice(0, 20).map(({ kind, where, what }) => (
          <li key={`${kind} ${where}`}>
            {where}: {what} <code>{kind}</code>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
