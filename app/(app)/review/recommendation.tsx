import { IconBan, IconCircleCheck, IconEyeSearch, type TablerIcon } from '@tabler/icons-react'
import badges from '@/components/badges.module.css'
import type { RecommendedVerdict, ReviewRow } from '@/lib/recertification/reviews/model'
import classes from './review.module.css'

const looks: Record<RecommendedVerdict, { text: string; tone: string; icon: TablerIcon }> = {
  certify: { text: 'Certify', tone: 'good', icon: IconCircleCheck },
  revoke: { text: 'Revoke', tone: 'critical', icon: IconBan },
  look_closer: { text: 'Look closer', tone: 'medium', icon: IconEyeSearch },
}

/** What the facts speak for, beside the item and never chosen for the reviewer. */
export function RecommendationMark({ verdict }: { verdict: RecommendedVerdict }) {
  const { text, tone, icon: Icon } = looks[verdict]
  return (
    <span className={badges.state} data-tone={tone}>
      <Icon size={14} stroke={2} aria-hidden />
      <span className="visually-hidden">The facts speak for: </span>
      {text}
    </span>
  )
}

/** Every reason, with what it speaks for. */
export function Reasons({ recommendation: { reasons } }: Pick<ReviewRow, 'recommendation'>) {
  return (
    <ul className={classes.reasons}>
      {reasons.map(({ says, text }) => {
        const { icon: Icon, tone, text: word } = looks[says]
        return (
          <li key={text} data-tone={tone}>
            <Icon size={14} stroke={2} aria-label={word} role="img" />
            <span>{text}</span>
          </li>
        )
      })}
    </ul>
  )
}
