'use client'

import { Button } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useState } from 'react'
import { TextLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { entityNoun } from '@/lib/importers/keys'
import { urls } from '@/lib/urls'
import classes from './imports.module.css'
import { type Change, placeText, valueText } from './words'

const firstShown = 30
const step = 100

interface ChangeListProps {
  title: string
  note?: string
  changes: readonly Change[]
  /** How many there are when the list holds only the first of them. */
  total?: number
  /** Whether the fields are shown only when asked for. */
  folded?: boolean
  /** Whether they are in the registry, so that their pages can be opened. */
  isApplied: boolean
}

/** Each entity an import touches with its fields: what it was, what it will be. */
export function ChangeList({
  title,
  note,
  changes,
  total = changes.length,
  folded = false,
  isApplied,
}: ChangeListProps) {
  const [limit, setLimit] = useState(firstShown)
  if (total === 0) return null
  const shown = changes.slice(0, limit)
  return (
    <Panel title={title} aside={shown.length < total ? `first ${shown.length}` : undefined} flush>
      {note && <p className={classes.note}>{note}</p>}
      <ul className={classes.changes} aria-label={title}>
        {shown.map((change) => (
          <li key={`${change.entity}/${change.key}`}>
            {folded && change.fields.length > 0 ? (
              <details>
                <summary>
                  <Head change={change} href={null} />
                </summary>
                <Fields change={change} />
                <OpenPage href={isApplied ? pageOf(change) : null} />
              </details>
            ) : (
              <>
                <Head change={change} href={isApplied ? pageOf(change) : null} />
                <Fields change={change} />
              </>
            )}
          </li>
        ))}
      </ul>
      {shown.length < changes.length && (
        <div className={classes.more}>
          <Button variant="default" onClick={() => setLimit(limit + step)}>
            Show more
          </Button>
        </div>
      )}
    </Panel>
  )
}

/** The page of an entity, where it has one. */
function pageOf({ entity, key }: Change): string | null {
  switch (entity) {
    case 'people':
      return urls.person(key)
    case 'teams':
      return urls.team(key)
    case 'agents':
      return urls.agent(key)
    case 'tools':
      return urls.tool(key)
    case 'enforcementPoints':
      return urls.enforcementPoint(key)
    case 'bindings':
      return urls.binding(key)
    default:
      return null
  }
}

/** Below what is unfolded: a link inside the summary would be a control inside a control. */
function OpenPage({ href }: { href: string | null }) {
  return href && <TextLink href={href}>Open its page</TextLink>
}

function Head({ change: { entity, key, at }, href }: { change: Change; href: string | null }) {
  return (
    <span className={classes.changeHead}>
      <span className={classes.dim}>{entityNoun[entity]}</span>
      <b>{href ? <TextLink href={href}>{key}</TextLink> : key}</b>
      <code className={classes.dim}>{placeText(at)}</code>
    </span>
  )
}

function Fields({ change: { action, fields } }: { change: Change }) {
  return (
    <dl className={classes.fields}>
      {fields.map(({ field, from, to }) => (
        <div key={field}>
          <dt>{field}</dt>
          <dd>
            {action === 'create' ? (
              <Value text={valueText(to)} />
            ) : action === 'conflict' ? (
              <>
                <Value text={valueText(from)} /> <span className={classes.dim}>is kept; the files say</span>{' '}
                <Value text={valueText(to)} />
              </>
            ) : (
              <>
                <Value text={valueText(from)} was />
                <IconArrowRight size={13} role="img" aria-label="becomes" className={classes.arrow} />
                <Value text={valueText(to)} />
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Value({ text, was = false }: { text: string | null; was?: boolean }) {
  if (text === null) return <span className={classes.dim}>no value</span>
  return <span className={was ? classes.was : undefined}>{text}</span>
}
