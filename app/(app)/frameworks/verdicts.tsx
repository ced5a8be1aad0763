import {
  IconAlertTriangleFilled,
  IconCircleCheck,
  IconEyeOff,
  IconShieldOff,
  type TablerIcon,
} from '@tabler/icons-react'
import Link from 'next/link'
import { type ControlVerdict, controlVerdicts, type FrameworkRow } from '@/lib/standards/model'
import { urls } from '@/lib/urls'
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

/** What the controls of a verdict are called when they are counted. */
const countWords: Record<ControlVerdict, string> = {
  gaps: 'with open gaps',
  excepted: 'with excepted gaps alone',
  met: 'without an open gap',
  not_evidenced: 'not looked at',
}

/** How the controls of a framework stand: a bar, and its figures in words, each a link to the controls it counts. */
export function Verdicts({ framework: { key, title, verdicts } }: { framework: FrameworkRow }) {
  const present = controlVerdicts.filter((verdict) => verdicts[verdict] > 0)
  return (
    <div>
      <div className={classes.bar} aria-hidden>
        {present.map((verdict) => (
          <span key={verdict} data-verdict={verdict} style={{ flexGrow: verdicts[verdict] }} />
        ))}
      </div>
      <ul className={classes.counts} aria-label={`${title}: controls by verdict`}>
        {present.map((verdict) => (
          <li key={verdict}>
            <Link href={urls.framework(key, { verdict })} prefetch={false}>
              <b>{verdicts[verdict]}</b> {countWords[verdict]}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}
