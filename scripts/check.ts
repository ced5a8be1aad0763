import { runChecks } from './support/checks'
import { supervise } from './support/teardown'

/** `npm run check`: types, style, arrows between the layers, dead code, and what others wrote. */
await supervise(async (teardown) => ((await runChecks(teardown)).failures.length === 0 ? 0 : 1), {
  interruptedCode: 130,
})
