'use client'

import { ActionIcon } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import { IconAlertTriangle, IconFile, IconFileUpload, IconX } from '@tabler/icons-react'
import type { ImportKind } from '@/lib/importers/model'
import { type ChosenFile, chosen, sizeText, unfit } from './files'
import classes from './imports.module.css'
import { kindWords } from './kinds'

interface FileChoiceProps {
  kind: ImportKind
  files: readonly ChosenFile[]
  disabled: boolean
  onAdd: (files: ChosenFile[]) => void
  onRemove: (name: string) => void
}

/** Where files are dropped or chosen, and those that are. One that cannot be read says why and harms nothing. */
export function FileChoice({ kind, files, disabled, onAdd, onRemove }: FileChoiceProps) {
  return (
    <>
      <Dropzone
        onDrop={(dropped) => onAdd(dropped.map(chosen))}
        disabled={disabled}
        className={classes.drop}
        role="button"
        aria-label="Drop files here, or press Enter to choose them"
        // The frame is the button; a second control inside it would only be in the way of those who hear the page.
        inputProps={{ hidden: true, style: { display: 'none' } }}
      >
        <IconFileUpload size={20} stroke={1.6} aria-hidden />
        <span>
          <b>Drop files or a folder here</b>, or <u>choose them</u>
        </span>
        <small>{kindWords[kind].endings.join(', ')}; up to 20 MB a file</small>
      </Dropzone>
      {files.length > 0 && (
        <ul className={classes.files} aria-label="Chosen files">
          {files.map((file) => (
            <FileLine
              key={file.name}
              file={file}
              problem={unfit(file, kind)}
              disabled={disabled}
              onRemove={() => onRemove(file.name)}
            />
          ))}
        </ul>
      )}
    </>
  )
}

interface FileLineProps {
  file: ChosenFile
  problem: string | null
  disabled: boolean
  onRemove: () => void
}

function FileLine({ file: { name, file }, problem, disabled, onRemove }: FileLineProps) {
  const Icon = problem ? IconAlertTriangle : IconFile
  return (
    <li data-problem={problem !== null || undefined}>
      <Icon size={15} stroke={1.7} aria-hidden />
      <span className={classes.fileName} title={name}>
        {name}
      </span>
      <span className={classes.dim}>{problem ?? sizeText(file.size)}</span>
      <ActionIcon size="sm" aria-label={`Remove ${name}`} onClick={onRemove} disabled={disabled}>
        <IconX size={14} />
      </ActionIcon>
    </li>
  )
}
