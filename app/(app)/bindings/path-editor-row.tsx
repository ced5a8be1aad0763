'use client'

import { useSortable } from '@dnd-kit/react/sortable'
import { ActionIcon, Select } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconGripVertical, IconLock, IconX } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import { pathModeTitles, pointKindTitles } from '@/components/registry/titles'
import { pathModes } from '@/lib/registry/model'
import type { PathEntry } from './binding-form'
import classes from './path-editor.module.css'

interface PathEditorRowProps {
  entry: PathEntry
  index: number
  count: number
  /** The tool's application, in its place: it is not moved. */
  isFixed: boolean
  onMove: (to: number) => void
  onMode: (mode: PathEntry['mode']) => void
  onRemove: () => void
}

/** One point of a path that is edited. */
export function PathEditorRow({ entry, index, count, isFixed, onMove, onMode, onRemove }: PathEditorRowProps) {
  const { point, name, kind, mode } = entry
  const { ref, handleRef, isDragging } = useSortable({ id: point, index, disabled: isFixed })

  function onKeyDown(event: KeyboardEvent) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    onMove(index + by)
  }

  return (
    // What is not moved stays a plain item of the list: as something to drag, it would be made a button.
    <li {...(!isFixed && { ref })} data-dragging={isDragging || undefined}>
      {isFixed ? (
        <span className={classes.lock} title="The application of the tool stays last">
          <IconLock size={14} aria-label="Stays last" />
        </span>
      ) : (
        <button
          ref={handleRef}
          type="button"
          data-grip
          className={classes.grip}
          aria-label={`Move ${name}, number ${index + 1} of ${count}: arrow up or down`}
          title="Drag, or press arrow up or down"
          onKeyDown={onKeyDown}
        >
          <IconGripVertical size={15} aria-hidden />
        </button>
      )}
      <span className={classes.name} title={name}>
        {name}
        <small>{pointKindTitles[kind]}</small>
      </span>
      <Select
        aria-label={`What ${name} does`}
        w={138}
        allowDeselect={false}
        value={mode}
        data={pathModes.map((each) => ({ value: each, label: pathModeTitles[each] }))}
        onChange={(next) => onMode(next ?? mode)}
      />
      <ActionIcon
        aria-label={`Move ${name} earlier`}
        disabled={index === 0 || isFixed}
        onClick={() => onMove(index - 1)}
      >
        <IconArrowUp size={15} />
      </ActionIcon>
      <ActionIcon aria-label={`Move ${name} later`} disabled={index === count - 1} onClick={() => onMove(index + 1)}>
        <IconArrowDown size={15} />
      </ActionIcon>
      <ActionIcon aria-label={`Take ${name} off the path`} onClick={onRemove}>
        <IconX size={15} />
      </ActionIcon>
    </li>
  )
}
