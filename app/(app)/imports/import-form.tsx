'use client'

import '@mantine/dropzone/styles.layer.css'
import { Button, Group, Radio } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { DisabledReason } from '@/components/disabled-reason'
import { Panel } from '@/components/panel'
import { Problem } from '@/components/problem'
import type { ImportKind } from '@/lib/importers/model'
import { ApplyPanel } from './apply-panel'
import { FileChoice } from './file-choice'
import { canSend } from './files'
import classes from './imports.module.css'
import { kindWords } from './kinds'
import { Progress } from './progress'
import { ReportView } from './report-view'
import { useImport } from './use-import'
import { counted, type Report, totalOf } from './words'

/** The widest first, then what is imported most. */
const kinds = [
  'estate',
  'csv',
  'backstage',
  'a2a',
  'mcp-registry',
  'mcp-tools',
] as const satisfies readonly ImportKind[]

/** "2 errors, 14 changes": what the preview found, in short. */
function inShort({ errors, created, updated }: Report): string {
  const changes = counted(totalOf(created) + totalOf(updated), 'change')
  return errors.length > 0 ? `${counted(errors.length, 'error')}, ${changes}; see below.` : `${changes}; see below.`
}

/** Choose what the files are, hand them over, see what they would change, apply it. */
export function ImportForm({ may }: { may: true | string }) {
  const run = useImport()
  const { kind, files, report, running } = run
  const shown = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (report) shown.current?.scrollIntoView({ block: 'start' })
  }, [report])
  return (
    <div className={classes.stack}>
      <Panel title="1. What are the files?">
        <Radio.Group
          aria-label="Kind of import"
          value={kind}
          onChange={(value) => {
            const chosen = kinds.find((known) => known === value)
            if (chosen) run.choose(chosen)
          }}
        >
          <div className={classes.kinds}>
            {kinds.map((value) => (
              <Radio.Card key={value} value={value} className={classes.kind} disabled={running !== null}>
                <Radio.Indicator size="xs" />
                <span>
                  <b>{kindWords[value].title}</b>
                  <span>{kindWords[value].reads}</span>
                  <small>{kindWords[value].from}</small>
                </span>
              </Radio.Card>
            ))}
          </div>
        </Radio.Group>
      </Panel>
      <Panel title="2. Which files?">
        <FileChoice kind={kind} files={files} disabled={running !== null} onAdd={run.add} onRemove={run.remove} />
        <Group mt="md" gap="sm">
          <DisabledReason
            can={may === true ? canSend(files, kind) : may}
            loading={running === 'preview'}
            {...(report && { variant: 'default' })}
            onClick={run.preview}
          >
            {report ? 'Preview again' : 'Preview changes'}
          </DisabledReason>
          {running === 'preview' ? (
            <>
              <Progress label="Comparing with the registry" />
              <Button variant="subtle" color="gray" onClick={run.stop}>
                Stop
              </Button>
            </>
          ) : (
            <span className={classes.dim} role="status">
              {report ? inShort(report) : 'Nothing is written before you apply.'}
            </span>
          )}
        </Group>
        {!report && run.problem && (
          <div className={classes.problem}>
            <Problem text={run.problem} />
          </div>
        )}
      </Panel>
      {report && (
        <div ref={shown} className={`${classes.stack} ${classes.report}`}>
          <ReportView report={report} isApplied={false} />
          <ApplyPanel report={report} running={running === 'apply'} problem={run.problem} onApply={run.apply} />
        </div>
      )}
    </div>
  )
}
