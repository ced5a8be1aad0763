import { Panel } from '@/components/panel'
import { Facts } from '@/components/registry/facts'
import type { CampaignReport } from '@/lib/recertification/report/model'
import { instant } from '@/lib/recertification/report/texts'
import { kindTitles, triggerTitles } from '@/lib/recertification/report/words'
import classes from './report.module.css'

type Stage = CampaignReport['stages'][number]

/** What was asked about, by which rules, in which stages. */
export function Rules({ report }: { report: CampaignReport }) {
  const { campaign, scope, policy, stages } = report
  return (
    <Panel title="Scope and rules">
      <Facts
        facts={[
          { label: 'Kind', value: kindTitles[campaign.kind] },
          { label: 'Why', value: campaign.because ?? triggerTitles[campaign.trigger] },
          { label: 'Made by', value: campaign.createdBy },
          ...(campaign.template ? [{ label: 'Made from', value: `the template ${campaign.template.name}` }] : []),
          ...(campaign.parent ? [{ label: 'Asks again about', value: campaign.parent.name }] : []),
          { label: 'Picture taken (UTC)', value: instant(campaign.picturedAt) },
          ...scope.narrowed.map(({ by, to }) => ({ label: by, value: to })),
        ]}
      />
      <p className={classes.prose} style={{ marginTop: 14 }}>
        {scope.narrowed.length === 0
          ? `It asks about ${scope.all.toLowerCase()}`
          : 'It asks about what matches all of the above.'}
      </p>
      {policy.map((sentence) => (
        <p key={sentence} className={classes.prose}>
          {sentence}
        </p>
      ))}
      <div style={{ marginTop: 14 }}>
        {stages.map((stage) => (
          <section key={stage.number} className={classes.stage} aria-label={`Stage ${stage.number}`}>
            <h3>
              {stage.number}. {stage.name}
            </h3>
            {stage.words.map((sentence) => (
              <p key={sentence} className={classes.prose}>
                {sentence}
              </p>
            ))}
            <p className={`${classes.prose} ${classes.quiet}`}>{figuresOf(stage)}</p>
          </section>
        ))}
      </div>
    </Panel>
  )
}

function figuresOf({ startedAt, endedAt, dueOn, extended, asked, answered, passedOn, lapsed }: Stage): string {
  if (startedAt === null) return 'Not reached.'
  const when = `${instant(startedAt)} to ${endedAt ? instant(endedAt) : `${dueOn}, still open`}`
  const counts = [
    [asked, 'asked'],
    [answered, 'answered'],
    [passedOn, 'passed on'],
    [lapsed, 'did not answer'],
  ] as const
  return `${when}${extended ? ', extended once' : ''} · ${counts.map(([count, what]) => `${count.toLocaleString('en')} ${what}`).join(' · ')}`
}
