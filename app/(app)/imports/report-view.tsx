'use client'

import { Panel } from '@/components/panel'
import { ChangeList } from './change-list'
import { CountsTable } from './counts-table'
import classes from './imports.module.css'
import { MissingList } from './missing-list'
import { ProblemTable } from './problem-table'
import type { Report } from './words'

interface ReportViewProps {
  report: Report
  isApplied: boolean
}

/** What an import does or would do: what is wrong first, then the counts, then each change. */
export function ReportView({ report, isApplied }: ReportViewProps) {
  const { errors, warnings, changes } = report
  const ofAction = (action: (typeof changes)[number]['action']) => changes.filter((change) => change.action === action)
  return (
    <section className={classes.stack} aria-label={isApplied ? 'What was changed' : 'Preview'}>
      {errors.length > 0 && (
        <ProblemTable
          title="Errors"
          severity="error"
          problems={errors}
          note="Nothing can be applied while they stand."
        />
      )}
      <CountsTable report={report} isApplied={isApplied} />
      <ChangeList
        isApplied={isApplied}
        title="Kept as a person set it"
        note="Somebody edited these by hand and the files say otherwise. The edit is kept."
        changes={ofAction('conflict')}
        total={report.conflicts}
      />
      <ChangeList isApplied={isApplied} title={isApplied ? 'Changed' : 'Will change'} changes={ofAction('update')} />
      <ChangeList isApplied={isApplied} title={isApplied ? 'New' : 'Will be new'} changes={ofAction('create')} folded />
      <MissingList missing={report.missing} names={report.missingNames} />
      {warnings.length > 0 && <ProblemTable title="Warnings" severity="warning" problems={warnings} />}
      {errors.length === 0 && changes.length === 0 && warnings.length === 0 && (
        <Panel>
          <span className={classes.dim}>Everything in the files is in the registry already, as the files say it.</span>
        </Panel>
      )}
    </section>
  )
}
