import type { PointDetail } from '@/lib/registry/points/model'
import { TeamLink } from '../links'
import { Departed } from './departed'

/** The team that runs an enforcement point, which is no ownership. */
export function RunningTeam({ team }: { team: NonNullable<PointDetail['team']> }) {
  const link = <TeamLink slug={team.slug} name={team.name} />
  return team.status === 'dissolved' ? <Departed>{link} (dissolved)</Departed> : link
}
