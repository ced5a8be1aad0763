'use client'

import { Button } from '@mantine/core'
import { api } from '@/components/api'
import { Digest } from '@/components/digest'
import { Panel } from '@/components/panel'
import { Problem } from '@/components/problem'
import { RelativeTime } from '@/components/relative-time'
import { ScrollFrame } from '@/components/scroll-frame'
import { useMoreRows } from '@/components/use-more-rows'
import type { CheckpointView } from '@/lib/transparency/model'
import classes from './log.module.css'

/** Every checkpoint, the newest first. */
export function CheckpointsTable({ rows: first, next }: { rows: CheckpointView[]; next: string | null }) {
  const more = useMoreRows(first, next, (cursor) => api('log.checkpoints', { limit: 100, cursor }))
  return (
    <Panel title="Checkpoints" flush>
      <ScrollFrame label="Checkpoints" className={classes.states}>
        <table>
          <thead>
            <tr>
              <th scope="col">Signed</th>
              <th scope="col" data-number>
                Events
              </th>
              <th scope="col">Root</th>
              <th scope="col">Cosigned by</th>
            </tr>
          </thead>
          <tbody>
            {more.rows.map(({ size, at, root, cosignatures }) => (
              <tr key={size}>
                <td>
                  <RelativeTime at={at} />
                </td>
                <td data-number>{size.toLocaleString('en')}</td>
                <td>
                  <Digest digest={root} />
                </td>
                <td>{cosignatures.map(({ witness }) => witness).join(', ') || '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
      <Problem text={more.problem} />
      {more.next !== null && (
        <Button variant="subtle" fullWidth loading={more.pending} onClick={more.load}>
          More
        </Button>
      )}
    </Panel>
  )
}
