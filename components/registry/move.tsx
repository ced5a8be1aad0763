'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { ApiProblem } from '@/lib/http/client'
import { DisabledReason } from '../disabled-reason'
import { ReasonModal } from '../reason-modal'

interface MoveProps {
  /** What the button says: "Suspend". */
  title: string
  /** The heading of the question: "Suspend Support bot". */
  question: string
  can: true | string
  /** Whether it takes something away. */
  dangerous?: boolean
  /** Whether it is what one usually does next. */
  primary?: boolean
  /** Exactly what follows. */
  children: ReactNode
  move: (reason: string) => Promise<void>
}

/** A step in a record's life: asks why, says what follows, and brings the page up to date. */
export function Move({ title, question, can, dangerous = false, primary = false, children, move }: MoveProps) {
  const router = useRouter()
  const [asking, setAsking] = useState(false)

  async function confirm(reason: string) {
    try {
      await move(reason)
    } catch (error) {
      // Somebody was quicker: behind the dialog stands the present state, and the reason stays typed.
      if (error instanceof ApiProblem && ['stale', 'wrong_state'].includes(error.problem.code)) router.refresh()
      throw error
    }
    router.refresh()
  }

  return (
    <>
      <DisabledReason can={can} {...(!primary && { variant: 'default' })} onClick={() => setAsking(true)}>
        {title}
      </DisabledReason>
      <ReasonModal
        opened={asking}
        onClose={() => setAsking(false)}
        title={question}
        confirmLabel={title}
        dangerous={dangerous}
        onConfirm={confirm}
      >
        {children}
      </ReasonModal>
    </>
  )
}
