import { challengeUseCases } from './challenges'
import { endPreview } from './preview'
import { reiterations } from './reiterate'
import { campaignRuns } from './run'
import { secondLooks } from './second-look'

/** What leads do with a campaign that runs, and those affected with what it decides. */
export const campaignRunUseCases = {
  'campaigns.endPreview': endPreview,
  ...campaignRuns,
  ...secondLooks,
  ...reiterations,
  ...challengeUseCases,
}
