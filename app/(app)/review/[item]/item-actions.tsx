'use client'

import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { LinkButton } from '@/components/links'
import type { Verdict } from '@/lib/recertification/model'
import type { ReviewDetail } from '@/lib/recertification/reviews/model'
import { urls } from '@/lib/urls'
import { DecideDialog } from '../decide-dialog'
import { decisionsOf, isPlain, nothingSaid, pastWord, type Said } from '../deciding'
import { HandItemsDialog } from '../hand-items'
import classes from '../review.module.css'
import { useDecide } from '../use-decide'
import { useLooked } from '../use-looked'
import { useReviewKeys } from '../use-review-keys'
import { VerdictButtons } from '../verdict-buttons'

/** Decide right here; for those who cannot, why not. */
export function ItemActions({ row }: { row: ReviewDetail }) {
  const router = useRouter()
  const [asking, setAsking] = useState<Verdict | null>(null)
  const [handing, setHanding] = useState(false)
  const lookedMs = useLooked(row.can.decide === true ? row.id : null)
  const { send, undoLast } = useDecide(() => router.refresh())

  const decide = (verdict: Verdict, said: Said) => send(decisionsOf(verdict, [row], said, lookedMs))

  function fail(error: unknown) {
    notifications.show({
      color: 'red',
      message: error instanceof Error ? error.message : 'It did not work. Try again.',
    })
  }

  function begin(verdict: Verdict) {
    if (row.can.decide !== true && !(verdict === 'not_mine' && row.can.handOver === true)) return
    if (isPlain(verdict, [row])) decide(verdict, nothingSaid).catch(fail)
    else setAsking(verdict)
  }

  async function undo() {
    try {
      await api('reviews.undo', { items: [row.id] })
      notifications.show({ message: 'Taken back.' })
    } catch (error) {
      fail(error)
    }
    router.refresh()
  }

  const nothing = () => undefined
  useReviewKeys({ decide: begin, move: nothing, toggle: nothing, undo: undoLast, clear: nothing })

  return (
    <section className={classes.act} aria-label="Your decision">
      <p>
        <Standing row={row} />
      </p>
      {row.can.decide === true && (
        <VerdictButtons
          can={true}
          withKeys
          canDefer={row.wasDeferred ? 'It was put off once already.' : true}
          onChoose={begin}
        />
      )}
      {row.can.handOver === true && row.can.decide !== true && (
        <DisabledReason can={true} variant="default" onClick={() => begin('not_mine')}>
          Not mine
        </DisabledReason>
      )}
      {row.can.handOver === true && (
        <DisabledReason can={true} variant="default" onClick={() => setHanding(true)}>
          Hand over
        </DisabledReason>
      )}
      {row.can.undo === true && (
        <DisabledReason can={true} variant="default" onClick={undo}>
          Take back
        </DisabledReason>
      )}
      {row.can.decide !== true && (
        <LinkButton href={urls.reviews()} variant="default">
          My reviews
        </LinkButton>
      )}
      {asking && (
        <DecideDialog
          verdict={asking}
          items={[row]}
          onClose={() => setAsking(null)}
          onSend={(said) => decide(asking, said)}
        />
      )}
      {handing && <HandItemsDialog ids={[row.id]} onClose={() => setHanding(false)} onDone={() => router.refresh()} />}
    </section>
  )
}

/** What is asked, or why nothing is. */
function Standing({ row: { can, campaign, decision, asked } }: { row: ReviewDetail }) {
  if (can.decide !== true) {
    return (
      <>
        {decision && (
          <>
            <b>{pastWord(decision.verdict)}</b> by {decision.by}.{' '}
          </>
        )}
        {decision?.mine ? '' : can.decide}
      </>
    )
  }
  const question =
    campaign.kind === 'access'
      ? 'Is this access still within approved business intent?'
      : 'Does this team still own this layer here?'
  return (
    <>
      <b>{question}</b>
      {asked?.for && ` You answer for ${asked.for.name}.`}
    </>
  )
}
