import { setUpLink } from './support/set-up-link'
import { readStartSettings } from './support/settings'
import { supervise } from './support/teardown'

/**
 * `node scripts/bootstrap.mjs first-admin` prints a link that makes the first administrator of a new installation: whoever
 * opens it chooses address, name and password. It holds for a day and for once; an earlier one holds no more.
 */
async function main(): Promise<number> {
  const { DATABASE_URL } = readStartSettings()
  const link = await setUpLink(DATABASE_URL)
  if (link === null) throw new Error('There are accounts already; an administrator invites further ones.')
  console.log(`Make the first administrator within a day: ${link}`)
  return 0
}

await supervise(main, { interruptedCode: 130 })
