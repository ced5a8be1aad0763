import type { AccountRow } from '@/lib/access/accounts/model'

/** By which ways somebody signs in, in words; null for none yet. */
export function waysInWords({ password, app, passkeys, provider }: AccountRow['waysIn']): string | null {
  const ways = [
    ...(provider ? ['identity provider'] : []),
    ...(passkeys > 0 ? [passkeys === 1 ? 'passkey' : `${passkeys} passkeys`] : []),
    ...(password ? [app ? 'password and code' : 'password'] : []),
  ]
  return ways.length > 0 ? ways.join(', ') : null
}
