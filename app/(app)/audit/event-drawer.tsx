'use client'

import { Anchor, Drawer, Loader } from '@mantine/core'
import Link from 'next/link'
import { type ReactNode, useEffect, useState } from 'react'
import { api } from '@/components/api'
import { Deed } from '@/components/audit/event-parts'
import { EventView } from '@/components/audit/event-view'
import { CopyButton } from '@/components/copy-button'
import { TextLink } from '@/components/links'
import { Problem } from '@/components/problem'
import type { OutputOf } from '@/lib/http/client'
import { urls } from '@/lib/urls'
import classes from './audit.module.css'

/** A link to an event that opens it beside the list; with a key held it opens the page as any link. */
export function OpenEvent({ id, onOpen, children }: { id: string; onOpen: (id: string) => void; children: ReactNode }) {
  return (
    <Anchor
      component={Link}
      href={urls.auditEvent(id)}
      prefetch={false}
      data-list-item=""
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        onOpen(id)
      }}
    >
      {children}
    </Anchor>
  )
}

/** One event beside the list it was opened from. */
export function EventDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const [event, setEvent] = useState<OutputOf<'audit.get'> | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    if (id === null) return
    let isOver = false
    setEvent(null)
    setProblem(null)
    api('audit.get', { id }).then(
      (found) => !isOver && setEvent(found),
      (error: unknown) =>
        !isOver && setProblem(error instanceof Error ? error.message : 'The event could not be read.'),
    )
    return () => {
      isOver = true
    }
  }, [id])
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      title={
        event ? (
          <>
            {event.actor.name} <Deed event={event} />
          </>
        ) : (
          'A change'
        )
      }
      position="right"
      size={560}
      padding="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
      overlayProps={{ backgroundOpacity: 0.2 }}
      transitionProps={{ duration: 120 }}
      attributes={{ header: { role: 'presentation' } }}
    >
      <Problem text={problem} />
      {!event && !problem && <Loader size={20} aria-label="Loading" />}
      {event && (
        <div className={classes.view}>
          <EventView event={event} />
          <div className={classes.foot}>
            <TextLink href={urls.auditEvent(event.id)}>Open as a page</TextLink>
            <CopyButton value={`${window.location.origin}${urls.auditEvent(event.id)}`} label="Copy the link" />
          </div>
        </div>
      )}
    </Drawer>
  )
}
