import { everybody } from './accounts'
import { signInAfresh } from './sign-in'

/** Signs everybody in; tests start from the session they need. */
export default async function setUp(): Promise<void> {
  for (const who of everybody) await signInAfresh(who)
}
