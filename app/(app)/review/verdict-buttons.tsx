'use client'

import { Kbd } from '@mantine/core'
import { DisabledReason } from '@/components/disabled-reason'
import { verdictTitles } from '@/components/recertification/campaign-words'
import type { Verdict } from '@/lib/recertification/model'
import classes from './review.module.css'

const offered: { verdict: Verdict; key: string }[] = [
  { verdict: 'certify', key: 'c' },
  { verdict: 'revoke', key: 'x' },
  { verdict: 'reassign', key: 'r' },
  { verdict: 'not_mine', key: 'n' },
  { verdict: 'defer', key: 'd' },
]

interface VerdictButtonsProps {
  can: true | string
  /** Whether single keys do the same here. */
  withKeys?: boolean
  /** Why it cannot be put off, when it cannot. */
  canDefer?: true | string
  onChoose: (verdict: Verdict) => void
}

/** The five verdicts, none of them preferred. */
export function VerdictButtons({ can, withKeys = false, canDefer = true, onChoose }: VerdictButtonsProps) {
  return (
    <div className={classes.verdicts}>
      {offered.map(({ verdict, key }) => (
        <DisabledReason
          key={verdict}
          variant="default"
          can={verdict === 'defer' && can === true ? canDefer : can}
          onClick={() => onChoose(verdict)}
          {...(withKeys && { rightSection: <Kbd size="xs">{key}</Kbd> })}
        >
          {verdictTitles[verdict]}
        </DisabledReason>
      ))}
    </div>
  )
}
