import { acquireBuild } from './support/build'
import { step } from './support/steps'
import { supervise } from './support/teardown'

/** `npm run build`: the production build that `npm start` runs. */
await supervise(
  async (teardown) => {
    await step('Build', () => teardown.hold(acquireBuild(teardown), (build) => build.release()))
    return 0
  },
  { interruptedCode: 130 },
)
