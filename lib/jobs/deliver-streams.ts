import { deliverStreams } from '@/lib/streams/deliver'
import type { Job } from './job'

/** No further batch begins after this: each may wait for a slow receiver, and a run has to end in time. */
const beginMsMax = 200_000

/** Sends on what has happened. Woken by whatever happens while there is a stream (see the migrations). */
export const deliverStreamsJob: Job = {
  name: 'streams.deliver',
  schedule: '* * * * *',
  atStart: true,
  secondsMax: 300,
  async handle({ database, now }) {
    const started = performance.now()
    const elapsed = () => performance.now() - started
    const clock = () => new Date(now.getTime() + elapsed())
    await deliverStreams({ database, clock, isLate: () => elapsed() > beginMsMax })
  },
}
