import {
  IconAlertTriangleFilled,
  IconCircleCheck,
  IconEyeOff,
  IconShieldOff,
  type TablerIcon,
} from '@tabler/icons-react'
import { type ControlVerdict, controlVerdicts, type FrameworkRow } from '@/lib/standards/model'
import classes from './frameworks.module.css'

/** What each verdict is called; none says more than the register can know. */
export const verdictTitles: Record<ControlVerdict, string> = {
  gaps: 'Open gaps',
  excepted: 'Excepted',
  met: 'No open gap',
  not_evidenced: 'Not looked at',
}

const icons: Record<ControlVerdict, TablerIcon> = {
  gaps: IconAlertTriangleFilled,
  excepted: IconShieldOff,
  met: IconCircleCheck,
  not_evidenced: IconEyeOff,
}

/** A verdict as a word with a shape of its own. */
export function VerdictMark({ verdict }: { verdict: ControlVerdict }) {
  const Icon = icons[verdict]
  return (
    <span className={classes.verdict} data-verdict={verdict}>
      <Icon size={14} aria-hidden />
      {verdictTitles[verdict]}
    </span>
  )
}

/** How the controls of a framework stand, as a bar; the figures stand beside it in words. */
export function VerdictBar({ verdicts }: Pick<FrameworkRow, 'verdicts'>) {
  return (
    <div className={classes.bar} aria-hidden>
      {controlVerdicts
        .filter((verdict) => verdicts[verdict] > 0)
        .map((verdict) => (
          <span key={verdict} data-verdict={verdict} style={{ flexGrow: verdicts[verdict] }} />
        ))}
    </div>
  )
}
