'use client'

import { Button } from '@mantine/core'
import { IconAlertTriangleFilled, IconCircleCheckFilled } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { api } from '@/components/api'
import { useAttempt } from '@/components/use-attempt'
import classes from './report.module.css'

/** Up to so many items are read at once without being asked to. */
const itemsByItself = 5000

/** Says whether the record still is what was signed: by itself when that is quick, else on request. */
export function Verify({ slug, items }: { slug: string; items: number }) {
  const [matches, setMatches] = useState<boolean | null>(null)
  const { pending, problem, run } = useAttempt(
    async () => setMatches((await api('campaigns.verify', { slug })).matches),
    () => undefined,
  )
  useEffect(() => {
    if (items > itemsByItself) return
    let isGone = false
    api('campaigns.verify', { slug }).then(
      (verdict) => isGone || setMatches(verdict.matches),
      () => undefined,
    )
    return () => {
      isGone = true
    }
  }, [slug, items])
  return (
    <span role="status" className={classes.verdict}>
      {matches === null ? (
        <Button variant="default" size="compact-sm" loading={pending} onClick={() => run()}>
          Check it
        </Button>
      ) : (
        <span className={classes.matches} data-matches={matches ? 'yes' : 'no'}>
          {matches ? (
            <IconCircleCheckFilled size={15} aria-hidden />
          ) : (
            <IconAlertTriangleFilled size={15} aria-hidden />
          )}
          {matches ? 'The record is as it was signed' : 'The record was altered after it was signed'}
        </span>
      )}
      {problem}
    </span>
  )
}
