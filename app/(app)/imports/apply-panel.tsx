'use client'

import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { DisabledReason } from '@/components/disabled-reason'
import { Panel } from '@/components/panel'
import { Problem } from '@/components/problem'
import { reasonSchema } from '@/lib/registry/model'
import classes from './imports.module.css'
import { Progress } from './progress'
import { counted, type Report, totalOf } from './words'

interface ApplyPanelProps {
  report: Report
  running: boolean
  problem: string | null
  onApply: (reason: string) => void
}

/** `true` when the previewed files may be applied, or why not. */
function canApply({ errors }: Report): true | string {
  if (errors.length === 0) return true
  const one = errors.length === 1
  return `${counted(errors.length, 'error')} ${one ? 'has' : 'have'} to be mended first: an import is applied whole or not at all.`
}

/** The last step: why, and go. */
export function ApplyPanel({ report, running, problem, onApply }: ApplyPanelProps) {
  const form = useForm({
    initialValues: { reason: '' },
    validate: {
      reason: (reason) => {
        const parsed = reasonSchema.safeParse(reason)
        return reason.trim() === '' || parsed.success ? null : (parsed.error.issues[0]?.message ?? 'Say why')
      },
    },
  })
  const verdict = canApply(report)
  const changes = totalOf(report.created) + totalOf(report.updated)
  return (
    <Panel title="3. Apply">
      <form className={classes.apply} onSubmit={form.onSubmit(({ reason }) => onApply(reason.trim()))} noValidate>
        <TextInput
          label="Reason"
          description="Optional; kept in the audit log with the change"
          placeholder="Weekly export of the catalog"
          disabled={running}
          {...form.getInputProps('reason')}
        />
        <div className={classes.applyRow}>
          <DisabledReason can={verdict} type="submit" loading={running}>
            {changes === 0 || verdict !== true ? 'Apply' : `Apply ${counted(changes, 'change')}`}
          </DisabledReason>
          {running ? (
            <Progress label="Applying, all of it or nothing" />
          ) : (
            <span className={classes.dim}>
              {verdict !== true
                ? verdict
                : changes === 0
                  ? 'The registry says the same already; applying notes that the source still has it.'
                  : 'All of it is written, or nothing.'}
            </span>
          )}
        </div>
        <Problem text={problem} />
      </form>
    </Panel>
  )
}
