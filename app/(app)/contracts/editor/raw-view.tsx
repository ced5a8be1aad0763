'use client'

import { Input, Textarea } from '@mantine/core'
import { useRef } from 'react'
import classes from './editor.module.css'

interface RawViewProps {
  text: string
  onChange: (text: string) => void
  problems: readonly { field: string; line: number | null; message: string }[]
  /** Whether the form was asked for and cannot show this text. */
  blocked: boolean
}

/** The document as JSON, with the numbers of its lines and a mark at those that are wrong. */
export function RawView({ text, onChange, problems, blocked }: RawViewProps) {
  const numbers = useRef<HTMLDivElement>(null)
  const wrong = new Set(problems.map(({ line }) => line))
  const lines = text.split('\n').length
  return (
    <>
      {blocked && (
        <Input.Error mb={8} role="alert">
          The form can only show a valid contract. Mend the lines that are named, then switch; what you typed stays
          here.
        </Input.Error>
      )}
      <div className={classes.raw}>
        <div ref={numbers} className={classes.numbers} aria-hidden>
          {Array.from({ length: lines }, (_, index) => index + 1).map((line) => (
            <span key={line} data-wrong={wrong.has(line) || undefined}>
              {line}
            </span>
          ))}
        </div>
        <Textarea
          aria-label="Document as JSON"
          aria-invalid={problems.length > 0}
          className={classes.text}
          classNames={{ input: classes.code ?? '' }}
          spellCheck={false}
          autoComplete="off"
          wrap="off"
          rows={26}
          value={text}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
          onScroll={({ currentTarget }) => {
            if (numbers.current) numbers.current.scrollTop = currentTarget.scrollTop
          }}
        />
      </div>
    </>
  )
}
