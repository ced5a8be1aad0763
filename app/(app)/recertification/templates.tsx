import { TextLink } from '@/components/links'
import { campaignKindTitles, scheduleWords } from '@/components/recertification/campaign-words'
import type { TemplateRow } from '@/lib/recertification/campaigns/templates/model'
import { urls } from '@/lib/urls'
import classes from './templates.module.css'

/** The templates there are, and when each launches a campaign. */
export function Templates({ rows }: { rows: readonly TemplateRow[] }) {
  return (
    <ul className={classes.list} aria-label="Templates">
      {rows.map(({ slug, name, kind, schedule, enabled, nextOn }) => (
        <li key={slug}>
          <span>
            <TextLink href={urls.campaignTemplate(slug)}>{name}</TextLink>
          </span>
          <span>{campaignKindTitles[kind]}</span>
          <span>
            {scheduleWords(schedule)}
            {schedule !== null && !enabled && ', not by itself at present'}
            {nextOn !== null && `, next on ${nextOn}`}
          </span>
        </li>
      ))}
    </ul>
  )
}
