import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import { Digest } from '@/components/digest'
import { Panel } from '@/components/panel'
import type { OutputOf } from '@/lib/http/client'
import classes from './editor.module.css'

interface CheckedPanelProps {
  checked: OutputOf<'contracts.check'> | null
  pending: boolean
  failed: boolean
  /** Digest of the draft as it was saved last; null for a new one. */
  saved: string | null
}

/** The digest of what stands in the editor, or what is wrong with it, while it is typed. */
export function CheckedPanel({ checked, pending, failed, saved }: CheckedPanelProps) {
  const problems = checked?.errors ?? []
  return (
    <Panel title="Check">
      <div
        className={classes.checked}
        role="status"
        aria-busy={pending || undefined}
        data-pending={pending || undefined}
      >
        {!checked && !failed && <small>Checking what stands here</small>}
        {failed && <p>The check does not answer; what you typed is kept, and saving checks again.</p>}
        {checked?.digest && (
          <>
            <p className={classes.verdict} data-valid>
              <IconCircleCheck size={16} aria-hidden /> A valid contract
            </p>
            <Digest digest={checked.digest} />
            <small>{saved === checked.digest ? 'As it is saved' : 'Digest as it would be saved'}</small>
          </>
        )}
        {problems.length > 0 && (
          <p className={classes.verdict}>
            <IconAlertTriangle size={16} aria-hidden />{' '}
            {problems.length === 1 ? 'One thing is wrong' : `${problems.length} things are wrong`}
          </p>
        )}
      </div>
      {problems.length > 0 && (
        <ul className={classes.problems} aria-label="What is wrong">
          {problems.map(({ field, line, message }) => (
            <li key={`${field}${message}`}>
              <code>{field}</code>
              <span>
                {message}
                {line !== null && <small> (line {line})</small>}
              </span>
            </li>
          ))}
        </ul>
      )}
      {checked && checked.remarks.length > 0 && (
        <ul className={classes.remarks} aria-label="Worth a look">
          {checked.remarks.map(({ field, text }) => (
            <li key={`${field}${text}`}>
              <IconInfoCircle size={14} aria-hidden />
              <span>{text}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
