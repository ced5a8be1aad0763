'use client'

import { Button } from '@mantine/core'
import {
  IconArrowsExchange,
  IconCircleCheck,
  IconCircleMinus,
  IconCirclePlus,
  IconExclamationCircle,
  IconPencil,
  type TablerIcon,
} from '@tabler/icons-react'
import { useMemo } from 'react'
import { api } from '@/components/api'
import { ChangeList } from '@/components/audit/change-list'
import { subjectHref } from '@/components/audit/subject-href'
import { LayerIcon } from '@/components/layer-icon'
import { TextLink } from '@/components/links'
import { useMoreRows } from '@/components/use-more-rows'
import type { ComparedKind, How } from '@/lib/history/compare/kinds'
import type { DifferenceView } from '@/lib/history/compare/model'
import type { OutputOf } from '@/lib/http/client'
import classes from './compare.module.css'
import { howTitles } from './words'

type Page = OutputOf<'history.changes'>
type Row = DifferenceView & Pick<Page, 'names'>

interface DifferenceListProps {
  first: Page
  from: string
  to: string
  kind: ComparedKind
  how?: How | undefined
}

const named = ({ rows, next, names }: Page) => ({ rows: rows.map((row): Row => ({ ...row, names })), next })

/** What differs of one kind, each with what it was and what it became. */
export function DifferenceList({ first, ...asked }: DifferenceListProps) {
  // One array for as long as the first page is the same: a new one would start the list over.
  const start = useMemo(() => named(first), [first])
  const { rows, ...more } = useMoreRows(start.rows, start.next, async (cursor) =>
    named(await api('history.changes', { ...asked, cursor })),
  )
  return (
    <>
      <ul className={classes.list}>
        {rows.map((row) => (
          <li key={row.key}>
            <div className={classes.line}>
              <HowMark how={row.how} />
              <Thing thing={row.thing} />
              {row.thing.layer && <LayerIcon layer={row.thing.layer} label />}
            </div>
            <ChangeList event={readable(row)} max={12} />
          </li>
        ))}
      </ul>
      <div className={classes.foot}>
        <span role="status">{`${rows.length.toLocaleString('en')} shown${more.next === null ? '' : ', there are more'}`}</span>
        {more.problem && <span role="alert">{more.problem}</span>}
        {more.next !== null && (
          <Button variant="default" loading={more.pending} onClick={more.load}>
            Load more
          </Button>
        )}
      </div>
    </>
  )
}

/** The id of an owner's assignment says nothing to a reader, unless it is all that differs. */
function readable(row: Row): Row {
  const without = (side: Row['before']) => {
    if (side === null || row.kind !== 'owner' || Object.keys(side).length < 2) return side
    const { assignment: _, ...rest } = side
    return rest
  }
  return { ...row, before: without(row.before), after: without(row.after) }
}

function Thing({ thing: { name, page } }: { thing: DifferenceView['thing'] }) {
  const href = page && subjectHref(page)
  return href ? <TextLink href={href}>{name}</TextLink> : <span>{name}</span>
}

const icons: Readonly<Record<How, TablerIcon>> = {
  added: IconCirclePlus,
  opened: IconExclamationCircle,
  moved: IconArrowsExchange,
  changed: IconPencil,
  gone: IconCircleMinus,
  closed: IconCircleCheck,
}

function HowMark({ how }: { how: How }) {
  const Icon = icons[how]
  return (
    <span className={classes.how} data-how={how}>
      <Icon size={14} aria-hidden />
      {howTitles[how]}
    </span>
  )
}
