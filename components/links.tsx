'use client'

// On the client, because a server component cannot hand Next's Link to Mantine's components.
import { Anchor, Button, type ButtonProps } from '@mantine/core'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { urls } from '@/lib/urls'
import classes from './links.module.css'

interface RecordLinkProps {
  name: string
  /** Marks the link that `j` and `k` step through in a list. */
  listItem?: boolean
}

/** The one look of a link to a page of this app, for places the ones below do not cover. */
export function TextLink({
  href,
  children,
  listItem = false,
}: {
  href: string
  children: ReactNode
  listItem?: boolean
}) {
  return (
    <Anchor
      component={Link}
      href={href}
      prefetch={false}
      className={classes.link}
      {...(listItem && { 'data-list-item': '' })}
    >
      {children}
    </Anchor>
  )
}

/** Writes to an address. */
export function MailLink({ to }: { to: string }) {
  return <Anchor href={`mailto:${to}`}>{to}</Anchor>
}

/** A link that looks like a button: goes somewhere, changes nothing. */
export function LinkButton({ href, children, ...props }: ButtonProps & { href: string; children: ReactNode }) {
  return (
    <Button component={Link} href={href} {...props}>
      {children}
    </Button>
  )
}

export function AgentLink({ slug, name, ...rest }: RecordLinkProps & { slug: string }) {
  return (
    <TextLink href={urls.agent(slug)} {...rest}>
      {name}
    </TextLink>
  )
}

export function ToolLink({ slug, name, ...rest }: RecordLinkProps & { slug: string }) {
  return (
    <TextLink href={urls.tool(slug)} {...rest}>
      {name}
    </TextLink>
  )
}

export function PointLink({ slug, name, ...rest }: RecordLinkProps & { slug: string }) {
  return (
    <TextLink href={urls.enforcementPoint(slug)} {...rest}>
      {name}
    </TextLink>
  )
}

export function TeamLink({ slug, name, ...rest }: RecordLinkProps & { slug: string }) {
  return (
    <TextLink href={urls.team(slug)} {...rest}>
      {name}
    </TextLink>
  )
}

export function PersonLink({ id, name, ...rest }: RecordLinkProps & { id: string }) {
  return (
    <TextLink href={urls.person(id)} {...rest}>
      {name}
    </TextLink>
  )
}
