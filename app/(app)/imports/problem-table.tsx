'use client'

import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react'
import { useState } from 'react'
import { CopyButton } from '@/components/copy-button'
import { Panel } from '@/components/panel'
import classes from './imports.module.css'
import { type Problem, placeText } from './words'

const firstShown = 50

interface ProblemTableProps {
  title: string
  severity: 'error' | 'warning'
  problems: readonly Problem[]
  note?: string
}

/** One line a problem, as compilers write it: tools and colleagues can read it. */
const asText = (problems: readonly Problem[]) =>
  problems.map((problem) => [placeText(problem), problem.field, problem.message].filter(Boolean).join(': ')).join('\n')

/** What is wrong or odd in the files, each at its file, line and field; copied as text. */
export function ProblemTable({ title, severity, problems, note }: ProblemTableProps) {
  const [isWhole, setIsWhole] = useState(false)
  const shown = isWhole ? problems : problems.slice(0, firstShown)
  const Icon = severity === 'error' ? IconCircleX : IconAlertTriangle
  return (
    <Panel
      title={`${title} (${problems.length.toLocaleString('en')})`}
      aside={
        <span className={classes.aside}>
          {note && <span className={classes.wide}>{note}</span>}
          <CopyButton value={asText(problems)} label={`Copy ${title.toLowerCase()} as text`} />
        </span>
      }
      flush
    >
      <div className={classes.scroll}>
        <table className={classes.problems} data-severity={severity} aria-label={title}>
          <thead>
            <tr>
              <th scope="col">Where</th>
              <th scope="col">Field</th>
              <th scope="col">Message</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((problem, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and two problems may say the same
              <tr key={index}>
                <td className={classes.where}>
                  <Icon size={14} aria-hidden />
                  <code title={problem.file}>{placeText(problem) || '–'}</code>
                </td>
                <td>{problem.field ? <code>{problem.field}</code> : <span className={classes.dim}>–</span>}</td>
                <td>{problem.message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < problems.length && (
        <div className={classes.more}>
          <Button variant="default" onClick={() => setIsWhole(true)}>
            Show all {problems.length.toLocaleString('en')}
          </Button>
        </div>
      )}
    </Panel>
  )
}
