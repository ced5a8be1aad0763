/** What a command holds (servers, locks, folders), let go in reverse order when it ends for whatever reason. */
export class Teardown {
  private readonly releases: (() => Promise<void>)[] = []
  private running: Promise<void> | undefined

  /**
   * Waits for `acquiring` and sees to its `release`. A stop that comes while it is still being acquired waits for
   * it and lets it go, so that an interrupted start leaves nothing behind.
   */
  hold<T>(acquiring: Promise<T>, release: (held: T) => unknown): Promise<T> {
    this.releases.push(async () => {
      const outcome = await acquiring.then((held) => ({ held })).catch(() => undefined)
      if (outcome) await release(outcome.held)
    })
    return acquiring
  }

  /** Lets everything go; a second call waits for the first. */
  run(): Promise<void> {
    this.running ??= this.releaseAll()
    return this.running
  }

  private async releaseAll(): Promise<void> {
    const failures: unknown[] = []
    for (let release = this.releases.pop(); release; release = this.releases.pop()) {
      await release().catch((error: unknown) => failures.push(error))
    }
    if (failures.length > 0) throw new AggregateError(failures, `Not everything stopped: ${failures.join('; ')}`)
  }
}

/**
 * Runs a command to its exit code. SIGINT, SIGTERM and SIGHUP end it early, after letting everything go, with
 * `interruptedCode`. An error is told in one line: whoever runs the command needs the reason, not the trace.
 */
export async function supervise(
  work: (teardown: Teardown) => Promise<number>,
  { interruptedCode }: { interruptedCode: number },
): Promise<void> {
  const teardown = new Teardown()
  let ending = false
  const end = async (code: number) => {
    if (ending) return
    ending = true
    const failure = await teardown.run().then(
      () => undefined,
      (error: Error) => error,
    )
    if (failure) console.error(failure.message)
    process.exit(failure ? 1 : code)
  }
  // The channel to the bootstrap closes when that is killed outright.
  process.on('disconnect', () => void end(interruptedCode))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(interruptedCode))
  try {
    await end(await work(teardown))
  } catch (error) {
    // Once a stop is under way, what it interrupted may fail as it likes.
    if (!ending) console.error(process.env.DEBUG ? error : error instanceof Error ? error.message : String(error))
    await end(1)
  }
}
