import { headers } from 'next/headers'
import { addressOf } from '@/lib/http/arrivals'

const browserMax = 400

/** Where the present request comes from: its address as far as it can be believed, and what its browser calls itself. */
export async function requestOrigin(): Promise<{ address: string; browser: string | null }> {
  const given = await headers()
  return { address: addressOf(given), browser: given.get('user-agent')?.slice(0, browserMax) ?? null }
}
