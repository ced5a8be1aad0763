import type { Actor } from '@/lib/access/model'
import { mayRun } from '@/lib/access/permissions'
import type { UseCaseContext } from '@/lib/use-cases/define'
import type { StoredCampaign } from '../campaign-store'
import { type ItemPosition, nextCampaignState, nextItemPosition } from '../states'
import { isAffected } from './challenge-store'
import type { EndingAct } from './model'
import { countInState } from './stage-store'

type Verdict = true | string

const isRunning = ({ state }: Pick<StoredCampaign, 'state'>): Verdict =>
  state === 'running' ? true : 'That is for a campaign that is running.'

/** What a lead may do with a campaign once it was launched, by its state and who asks: `true`, or why not. */
export function runMoves(campaign: Pick<StoredCampaign, 'state'>, actor: Actor) {
  const verdict = (name: Parameters<typeof mayRun>[0], standing: Verdict): Verdict => {
    const allowed = mayRun(name, actor)
    return allowed === true ? standing : allowed
  }
  const follows = (type: 'stop' | 'close') => nextCampaignState(campaign.state, { type }).refusal ?? true
  return {
    endStage: verdict('campaigns.endStage', isRunning(campaign)),
    extend: verdict('campaigns.extend', isRunning(campaign)),
    reassign: verdict('campaigns.reassign', isRunning(campaign)),
    sendBack: verdict('campaigns.sendBack', isRunning(campaign)),
    stop: verdict('campaigns.stop', follows('stop')),
    close: verdict('campaigns.close', follows('close')),
    reiterate: verdict(
      'campaigns.reiterate',
      campaign.state === 'closed' ? true : 'It can be asked about again when the campaign is closed.',
    ),
  }
}
export type RunMove = keyof ReturnType<typeof runMoves>

const moveOf = { end_stage: 'endStage', close: 'close', stop: 'stop' } as const

/** `true`, or why the actor cannot contest what became of an item. */
export async function mayContest(
  { db, actor, now }: UseCaseContext,
  campaign: Pick<StoredCampaign, 'state' | 'challengeEndsAt'>,
  item: ItemPosition & { id: string },
): Promise<Verdict> {
  const allowed = mayRun('reviews.contest', actor)
  if (allowed !== true) return allowed
  const { state, challengeEndsAt } = campaign
  if (state !== 'settled' || challengeEndsAt === null || challengeEndsAt <= now)
    return 'Revocations of this campaign cannot be contested now.'
  const { refusal } = nextItemPosition(item, { type: 'contest' })
  if (refusal !== undefined) return refusal
  const isTheirs = actor.personId !== null && (await isAffected(db, item.id, actor.personId))
  return isTheirs ? true : 'It does not affect you.'
}

/** `true`, or why the actor cannot end the stage, close or stop it now. */
export async function mayEnd(
  { db, actor, now }: UseCaseContext,
  campaign: StoredCampaign,
  act: EndingAct,
): Promise<Verdict> {
  const verdict = runMoves(campaign, actor)[moveOf[act]]
  if (verdict !== true || act !== 'close') return verdict
  const { challengeEndsAt } = campaign
  if (challengeEndsAt !== null && challengeEndsAt > now)
    return `Revocations may be contested until ${challengeEndsAt.toISOString().slice(0, 16).replace('T', ' ')} UTC.`
  const contested = await countInState(db, campaign.id, 'contested')
  if (contested === 0) return true
  return `${contested} ${contested === 1 ? 'revocation is' : 'revocations are'} contested: decide on ${contested === 1 ? 'it' : 'them'} first.`
}
