import { SeverityBadge } from '@/components/badges'
import { TextLink } from '@/components/links'
import { Quiet } from '@/components/registry/quiet'
import type { ControlRow } from '@/lib/standards/model'
import { urls } from '@/lib/urls'
import classes from '../frameworks.module.css'
import { VerdictMark } from '../verdicts'

/** One control: what it asks for, what the register can say of it, and the rules that say so. */
export function Control({ framework, control }: { framework: string; control: ControlRow }) {
  const { id, title, summary, verdict, worst, open, excepted, rules } = control
  return (
    <li className={classes.control}>
      <div>
        <b>{id}</b> {title}
        <p>{summary}</p>
      </div>
      <div>
        <VerdictMark verdict={verdict} />
        {worst && (
          <div>
            <SeverityBadge severity={worst} />
          </div>
        )}
        {open + excepted > 0 && <TextLink href={urls.gaps({ control: `${framework}:${id}` })}>Gaps of {id}</TextLink>}
      </div>
      {rules.length > 0 && (
        <ul className={classes.rules} aria-label={`Rules that evidence ${id}`}>
          {rules.map((rule) => (
            <li key={rule.id}>
              <TextLink href={urls.rule(rule.id)}>{rule.title}</TextLink>
              <span>{rule.reason}</span>
              <div className={classes.figure}>
                <Found rule={rule} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

function Found({ rule: { id, open, excepted } }: { rule: ControlRow['rules'][number] }) {
  if (open + excepted === 0) return <Quiet>none</Quiet>
  const words = [open > 0 && `${open} open`, excepted > 0 && `${excepted} excepted`].filter((word) => word !== false)
  return <TextLink href={urls.gaps({ rule: id })}>{words.join(', ')}</TextLink>
}
