'use client'

import { ActionIcon, Input, Select } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { api } from '@/components/api'
import { ReferenceSelect } from '@/components/registry/reference-select'
import { pathModeTitles, pointKindTitles } from '@/components/registry/titles'
import { pathModes } from '@/lib/registry/model'
import type { PathEntry } from './binding-form'
import classes from './path-editor.module.css'

interface PathEditorProps {
  value: readonly PathEntry[]
  onChange: (path: PathEntry[]) => void
  error?: React.ReactNode
}

/** The list with the entries at two places exchanged. */
function swapped(path: readonly PathEntry[], one: number, other: number): PathEntry[] {
  return path.map((entry, index) => (index === one ? path[other] : index === other ? path[one] : entry) ?? entry)
}

/** The points a call passes, in call order: added by name, moved by buttons, each with what it does. */
export function PathEditor({ value, onChange, error }: PathEditorProps) {
  const [said, setSaid] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const list = useRef<HTMLOListElement>(null)

  function move(index: number, by: -1 | 1) {
    const to = index + by
    onChange(swapped(value, index, to))
    setSaid(`${value[index]?.name} is number ${to + 1} of ${value.length} now`)
    // The focus goes with what was moved, so that it can be moved on.
    requestAnimationFrame(() => {
      const row = list.current?.children[to]
      const button = row?.querySelector<HTMLButtonElement>(`[data-move="${by}"]:not(:disabled)`)
      ;(button ?? row?.querySelector<HTMLButtonElement>('[data-move]:not(:disabled)'))?.focus()
    })
  }

  async function add(slug: string | null) {
    if (slug === null) return
    setProblem(null)
    if (value.some(({ point }) => point === slug)) {
      setProblem('The path passes it already.')
      return
    }
    try {
      const { name, kind } = await api('points.get', { slug })
      onChange([...value, { point: slug, name, kind, mode: 'unknown' }])
      setSaid(`${name} added at the end`)
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
        <ol ref={list} className={classes.path}>
          {value.map(({ point, name, kind, mode }, index) => (
            <li key={point}>
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
                onChange={(next) =>
                  onChange(value.map((entry) => (entry.point === point ? { ...entry, mode: next ?? mode } : entry)))
                }
              />
              <ActionIcon
                aria-label={`Move ${name} earlier`}
                data-move="-1"
                disabled={index === 0}
                onClick={() => move(index, -1)}
              >
                <IconArrowUp size={15} />
              </ActionIcon>
              <ActionIcon
                aria-label={`Move ${name} later`}
                data-move="1"
                disabled={index === value.length - 1}
                onClick={() => move(index, 1)}
              >
                <IconArrowDown size={15} />
              </ActionIcon>
              <ActionIcon
                aria-label={`Take ${name} off the path`}
                onClick={() => onChange(value.filter((entry) => entry.point !== point))}
              >
                <IconX size={15} />
              </ActionIcon>
            </li>
          ))}
        </ol>
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
