import { z } from 'zod'
import { defaultRateLimits, type RateLimits } from './model'

const limit = z.string().regex(/^\d{1,7}$/, 'must be a number of requests a minute, or 0 for no limit')

/** The limits in the environment. */
export const rateLimitSettings = {
  RATE_LIMIT_ACCOUNT: limit.optional(),
  RATE_LIMIT_TOKEN: limit.optional(),
  RATE_LIMIT_ADDRESS: limit.optional(),
}

const schema = z.object(rateLimitSettings)

/** The limits of this process. @throws ZodError for what is no number. */
export function rateLimits(env: NodeJS.ProcessEnv = process.env): RateLimits {
  const { RATE_LIMIT_ACCOUNT, RATE_LIMIT_TOKEN, RATE_LIMIT_ADDRESS } = schema.parse(env)
  return {
    account: Number(RATE_LIMIT_ACCOUNT ?? defaultRateLimits.account),
    token: Number(RATE_LIMIT_TOKEN ?? defaultRateLimits.token),
    address: Number(RATE_LIMIT_ADDRESS ?? defaultRateLimits.address),
  }
}
