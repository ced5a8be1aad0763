import 'server-only'
import { read } from '@/lib/http/page-data'
import { dayAfter, dayIn } from '@/lib/time/calendar'
import { currentTime } from '@/lib/time/clock'

/** What the form offers besides what is searched: teams, environments, and days in the organisation's time zone. */
export async function readChoices() {
  const [teams, agents, { policy }] = await Promise.all([
    read('teams.list', { limit: 200, status: 'active' }),
    read('agents.list', { limit: 200 }),
    read('settings.policy.get', {}),
  ])
  const { timeZone } = policy.reviews
  const today = dayIn(currentTime(), timeZone)
  return {
    teams: teams.rows.map(({ slug, name }) => ({ value: slug, label: name })),
    environments: [...new Set(agents.rows.map(({ environment }) => environment))].sort(),
    today,
    tomorrow: dayAfter(today, 'P1D'),
    timeZone,
  }
}
