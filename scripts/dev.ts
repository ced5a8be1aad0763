import { greetAndStay, runLocal } from './support/run-local'
import { readDemoSettings } from './support/settings'
import { supervise } from './support/teardown'

/** `npm run dev`: as the demo, with the app compiled on demand. */
await supervise(async (teardown) => greetAndStay(await runLocal(teardown, readDemoSettings(), 'dev')), {
  interruptedCode: 0,
})
