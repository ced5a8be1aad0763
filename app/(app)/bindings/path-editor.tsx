'use client'

import { StyleInjector } from '@dnd-kit/dom'
import { DragDropProvider, PointerSensor } from '@dnd-kit/react'
import { isSortableOperation } from '@dnd-kit/react/sortable'
import { Input, useMantineStyleNonce } from '@mantine/core'
import { useRef, useState } from 'react'
import { api } from '@/components/api'
import { ReferenceSelect } from '@/components/registry/reference-select'
import type { PathEntry } from './binding-form'
import classes from './path-editor.module.css'
import { PathEditorRow } from './path-editor-row'
import { type Application, added, type Moved, moved, removed } from './path-moves'

interface PathEditorProps {
  value: readonly PathEntry[]
  onChange: (path: PathEntry[]) => void
  /** The tool's application, where the tool is known: it stays last. */
  application?: Application
  error?: React.ReactNode
}

/** The points a call passes, in call order: added by name, moved by dragging, by arrow keys or by buttons. */
export function PathEditor({ value, onChange, application = null, error }: PathEditorProps) {
  const [said, setSaid] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const list = useRef<HTMLOListElement>(null)
  const nonce = useMantineStyleNonce()?.()

  /** Takes the path over, or says why it cannot be so. */
  function take(result: Moved, sentence: string): boolean {
    const refused = 'refused' in result ? result.refused : null
    setProblem(refused)
    setSaid(refused ?? sentence)
    if ('path' in result) onChange(result.path)
    return refused === null
  }

  function move(from: number, to: number) {
    if (to < 0 || to >= value.length || from === to) return
    const done = take(
      moved(value, from, to, application),
      `${value[from]?.name} is number ${to + 1} of ${value.length} now`,
    )
    // The focus goes with what was moved, so that it can be moved on.
    if (done)
      requestAnimationFrame(() => list.current?.children[to]?.querySelector<HTMLButtonElement>('[data-grip]')?.focus())
  }

  async function add(slug: string | null) {
    if (slug === null) return
    setProblem(null)
    try {
      const { name, kind } = await api('points.get', { slug })
      take(added(value, { point: slug, name, kind, mode: 'unknown' }, application), `${name} added`)
    } catch (failure) {
      setProblem(failure instanceof Error ? failure.message : 'It could not be added. Try again.')
    }
  }

  return (
    <Input.Wrapper
      label="Enforcement path"
      description="The points a call passes, in call order; the tool's application comes last. Empty means not known."
      error={error ?? problem}
      labelElement="div"
    >
      {value.length > 0 && (
        <DragDropProvider
          sensors={[PointerSensor]}
          plugins={(defaults) => [...defaults, StyleInjector.configure(nonce === undefined ? {} : { nonce })]}
          onDragEnd={({ operation, canceled }) => {
            if (!canceled && isSortableOperation(operation) && operation.source)
              move(operation.source.initialIndex, operation.source.index)
          }}
        >
          <ol ref={list} className={classes.path} aria-label="Points of the path">
            {value.map((entry, index) => (
              <PathEditorRow
                key={entry.point}
                entry={entry}
                index={index}
                count={value.length}
                isFixed={index === value.length - 1 && entry.point === application?.slug}
                onMove={(to) => move(index, to)}
                onMode={(mode) =>
                  onChange(value.map((other) => (other.point === entry.point ? { ...other, mode } : other)))
                }
                onRemove={() => take(removed(value, entry.point, application), `${entry.name} taken off`)}
              />
            ))}
          </ol>
        </DragDropProvider>
      )}
      <ReferenceSelect
        key={value.length}
        kind="point"
        mt={6}
        aria-label="Add a point to the path"
        placeholder="Add a gateway, broker or application"
        value={null}
        onChange={add}
      />
      <span role="status" className="visually-hidden">
        {said}
      </span>
    </Input.Wrapper>
  )
}
