'use client'

import { notifications } from '@mantine/notifications'
import { IconArrowsDiff } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { urls } from '@/lib/urls'

const lookEveryMs = 700

interface RunButtonProps {
  slug: string
  /** The run that is under way. */
  running: string | null
  can: true | string
}

/** Starts a run, and shows its result as soon as it is there. */
export function RunButton({ slug, running, can }: RunButtonProps) {
  const router = useRouter()
  const [followed, setFollowed] = useState(running)
  useEffect(() => setFollowed((present) => running ?? present), [running])

  useEffect(() => {
    if (followed === null) return
    let isGone = false
    let timer: ReturnType<typeof setTimeout>
    async function look(id: string) {
      // An answer that does not come is no end: the next look may find one.
      const run = await api('parity.get', { id }).catch(() => null)
      if (isGone) return
      if (run === null || run.state === 'running') {
        timer = setTimeout(look, lookEveryMs, id)
        return
      }
      setFollowed(null)
      router.replace(urls.parity(slug))
      router.refresh()
    }
    timer = setTimeout(look, lookEveryMs, followed)
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [followed, router, slug])

  async function start() {
    try {
      setFollowed((await api('parity.start', { slug })).id)
    } catch (error) {
      notifications.show({
        color: 'red',
        message: error instanceof Error ? error.message : 'The run could not be started.',
      })
      router.refresh()
    }
  }

  return (
    <>
      <DisabledReason
        can={followed === null ? can : true}
        loading={followed !== null}
        leftSection={<IconArrowsDiff size={14} aria-hidden />}
        onClick={start}
      >
        Ask the points
      </DisabledReason>
      <span role="status" className="visually-hidden">
        {followed === null ? '' : 'Asking the points'}
      </span>
    </>
  )
}
