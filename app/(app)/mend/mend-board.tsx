'use client'

import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { ReasonModal } from '@/components/reason-modal'
import { useMoreRows } from '@/components/use-more-rows'
import { useUrlState } from '@/components/use-url-state'
import type { InputOf } from '@/lib/http/client'
import { type Mendable, mendMax } from '@/lib/ownership/suggest/model'
import { ChooseOwner } from './choose-owner'
import { bindingsOf, type Grouping, groupings, groupingTitles, groupsOf, plural } from './groups'
import classes from './mend.module.css'
import { MendGroup } from './mend-group'
import { Naming } from './naming'
import { useMending } from './use-mending'

interface MendBoardProps {
  first: Mendable[]
  next: string | null
  filter: InputOf<'ownership.mendable'>
  by: Grouping
  mayMend: true | string
}

const pageSize = 100

/** Everything that lacks an owner, in groups with the likely owner of each; what is ticked is named in one go. */
export function MendBoard({ first, next, filter, by, mayMend }: MendBoardProps) {
  const url = useUrlState()
  const more = useMoreRows(first, next, (cursor) => api('ownership.mendable', { ...filter, cursor, limit: pageSize }))
  const mending = useMending(more.rows)
  const [choosing, setChoosing] = useState<Mendable[] | null>(null)
  const [naming, setNaming] = useState(false)
  const { selected } = mending
  const nameable = more.rows.filter((row) => mending.choiceOf(row) !== null)
  const can = mayMend === true ? canMend(selected.length) : mayMend
  return (
    <>
      <div className={classes.toolbar}>
        <SegmentedControl
          size="xs"
          aria-label="Grouped by"
          value={by}
          onChange={(value) => url.go({ by: value })}
          data={groupings.map((value) => ({ value, label: groupingTitles[value] }))}
        />
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => mending.tick(more.rows, false)}
          disabled={selected.length === 0}
        >
          Select none
        </Button>
        <Button variant="default" size="compact-sm" onClick={() => mending.tick(nameable, true)}>
          Select all with a likely owner
        </Button>
      </div>
      <div className={classes.groups}>
        {groupsOf(more.rows, by).map((group) => (
          <MendGroup key={group.key} group={group} mending={mending} onChange={setChoosing} />
        ))}
      </div>
      {more.next && (
        <div className={classes.more}>
          <span role="status">{more.rows.length.toLocaleString('en')} shown, and there are more.</span>
          <Button variant="default" size="compact-sm" loading={more.pending} onClick={more.load}>
            Show {pageSize} more
          </Button>
        </div>
      )}
      {more.problem && <p role="alert">{more.problem}</p>}
      <div className={classes.bar} role="toolbar" aria-label="Chosen layers">
        <span role="status">
          {selected.length === 0
            ? 'Tick what you want to mend'
            : `${plural(selected.length, 'layer', 'layers')} of ${plural(bindingsOf(selected), 'binding', 'bindings')} chosen`}
        </span>
        <DisabledReason can={can} size="sm" onClick={() => setNaming(true)}>
          {selected.length === 0 ? 'Assign' : `Assign ${plural(selected.length, 'layer', 'layers')}`}
        </DisabledReason>
      </div>
      {choosing && (
        <ChooseOwner
          rows={choosing}
          onClose={() => setChoosing(null)}
          onChoose={(choice) => mending.choose(choosing, choice)}
        />
      )}
      <ReasonModal
        opened={naming}
        onClose={() => setNaming(false)}
        title={`Assign ${plural(selected.length, 'layer', 'layers')}`}
        confirmLabel="Assign"
        onConfirm={mending.mend}
      >
        <Naming rows={selected} choiceOf={mending.choiceOf} />
      </ReasonModal>
    </>
  )
}

function canMend(count: number): true | string {
  if (count === 0) return 'Tick what you want to mend first.'
  return count <= mendMax || `At most ${mendMax} layers at a time.`
}
