import { greetAndStay, runLocal } from './support/run-local'
import { readDemoSettings } from './support/settings'
import { supervise } from './support/teardown'

/** `npm run demo`: from a checkout to a running, seeded production build. */
await supervise(async (teardown) => greetAndStay(await runLocal(teardown, readDemoSettings(), 'start')), {
  interruptedCode: 0,
})
