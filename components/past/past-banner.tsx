'use client'

import { Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { usePathname, useSearchParams } from 'next/navigation'
import { CopyButton } from '@/components/copy-button'
import { exactTime } from '@/components/time'
import { asOfParameter } from '@/lib/history/model'
import { urls } from '@/lib/urls'
import classes from './past.module.css'

/** Says on every page that it shows the past, and leads back. */
export function PastBanner({ asOf }: { asOf: string }) {
  const pathname = usePathname()
  const search = useSearchParams().toString()
  const here = search ? `${pathname}?${search}` : pathname
  const link = `${pathname}?${[search, `${asOfParameter}=${encodeURIComponent(asOf)}`].filter(Boolean).join('&')}`
  return (
    <section className={classes.banner} data-flush aria-label="You are looking at the past">
      <IconHistory size={16} aria-hidden />
      <p>
        <strong>{exactTime(asOf)}</strong> <span>The past as it was recorded then. Nothing can be changed here.</span>
      </p>
      <div className={classes.bannerActions}>
        <CopyButton value={`${globalThis.location?.origin ?? ''}${link}`} label="Copy link to this view" />
        <Button component="a" href={urls.past({ to: here })} variant="default" size="compact-sm">
          Another time
        </Button>
        <Button component="a" href={urls.compare({ from: asOf })} variant="default" size="compact-sm">
          Compare with now
        </Button>
        <Button component="a" href={urls.lookAt({ at: 'now', to: here })} size="compact-sm">
          Back to the present
        </Button>
      </div>
    </section>
  )
}
