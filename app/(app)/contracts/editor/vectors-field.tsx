'use client'

import { ActionIcon, Button, Input } from '@mantine/core'
import { IconPencil, IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { type DecisionVector, vectorsMax } from '@/lib/contracts/model'
import { Decision } from '../decision'
import classes from './editor.module.css'
import { VectorModal } from './vector-modal'

interface VectorsFieldProps {
  vectors: readonly DecisionVector[]
  problems: ReadonlyMap<string, string>
  onChange: (vectors: DecisionVector[]) => void
}

/** The decision vectors, each edited in a dialog of its own. */
export function VectorsField({ vectors, problems, onChange }: VectorsFieldProps) {
  /** The place that is edited; one past the end for a new vector. */
  const [editing, setEditing] = useState<number | null>(null)
  const remove = (place: number) => onChange(vectors.filter((_, index) => index !== place))
  const isFull = vectors.length >= vectorsMax

  return (
    <Input.Wrapper
      label={vectors.length === 0 ? 'Decision vectors' : `Decision vectors (${vectors.length})`}
      description="Questions that every point of the paths is asked, and the answer each has to give"
      labelElement="div"
      error={problems.get('vectors')}
    >
      {vectors.length > 0 && (
        <ul className={classes.vectors}>
          {vectors.map((vector, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: names may stand twice; a row is its place
            <li key={index}>
              <Decision decision={vector.decision} />
              <span className={classes.asked}>
                <b title={vector.name}>{vector.name}</b>
                <small>
                  {vector.subject.id} · {vector.action.name} · {vector.resource.id}
                </small>
                {problems.has(`vectors.${index}`) && <Input.Error>{problems.get(`vectors.${index}`)}</Input.Error>}
              </span>
              <ActionIcon aria-label={`Edit vector ${vector.name}`} onClick={() => setEditing(index)}>
                <IconPencil size={15} />
              </ActionIcon>
              <ActionIcon aria-label={`Remove vector ${vector.name}`} onClick={() => remove(index)}>
                <IconX size={15} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button
          mt={6}
          variant="default"
          size="compact-xs"
          leftSection={<IconPlus size={13} aria-hidden />}
          disabled={isFull}
          onClick={() => setEditing(vectors.length)}
        >
          {isFull ? `At most ${vectorsMax} vectors` : 'Add a vector'}
        </Button>
      </div>
      {editing !== null && (
        <VectorModal
          key={editing}
          vector={vectors[editing] ?? null}
          onClose={() => setEditing(null)}
          onSave={(vector) => {
            const next = [...vectors]
            next[editing] = vector
            onChange(next)
            setEditing(null)
          }}
        />
      )}
    </Input.Wrapper>
  )
}
