import { Panel } from '@/components/panel'
import { Facts } from '@/components/registry/facts'
import type { CampaignProgress } from '@/lib/recertification/campaigns/progress-query'

const number = (count: number) => count.toLocaleString('en')

/** Where a stage ends up at its present pace, in a sentence. */
function forecastWords({ forecast }: CampaignProgress): string {
  if (!forecast) return 'No stage is running'
  const { allAnsweredOn, missing, perDay } = forecast
  if (missing > 0)
    return `At today’s pace (${perDay.toFixed(1)} a day) ${number(missing)} will not be answered by the due day`
  return `At today’s pace everything is answered on ${allAnsweredOn ?? 'a day far off'}`
}

/** How far a campaign is: by stage, by team and by person. */
export function Standing({ progress }: { progress: CampaignProgress }) {
  const { stages, teams, people } = progress
  return (
    <>
      <Panel title="Stages" aside={forecastWords(progress)}>
        <Facts
          facts={stages.map(
            ({ number: stage, name, state, asked, answered, open, overdue, withoutReviewer, dueOn }) => ({
              label: `${stage}. ${name}`,
              value:
                state === 'ahead'
                  ? 'Not begun'
                  : `${number(answered)} of ${number(asked)} answered, ${number(open)} open${overdue > 0 ? `, ${number(overdue)} overdue` : ''}${withoutReviewer > 0 ? `, ${number(withoutReviewer)} without a reviewer` : ''}${dueOn ? `, due ${dueOn}` : ''}`,
            }),
          )}
        />
      </Panel>
      <Panel title="People">
        <Facts
          facts={people.rows.map(({ person, open, overdue, answered }) => ({
            label: person.name,
            value: `${number(answered)} answered, ${number(open)} open${overdue > 0 ? `, ${number(overdue)} overdue` : ''}`,
          }))}
        />
      </Panel>
      <Panel title="Teams">
        <Facts
          facts={teams.rows.map(({ team, open, answered }) => ({
            label: team?.name ?? 'No team',
            value: `${number(answered)} answered, ${number(open)} open`,
          }))}
        />
      </Panel>
    </>
  )
}
