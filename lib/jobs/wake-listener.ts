import 'server-only'
import { Client } from 'pg'
import { log } from '@/lib/http/log'
import { wakeChannel } from './wake'

const reconnectMs = 5_000

/** Listens for jobs that have work, until stopped. A lost connection is made again; what was missed meanwhile, the schedule makes up for. */
export function listenForWakes(
  connectionString: string,
  wake: (name: string) => Promise<void>,
): { stop(): Promise<void> } {
  let client: Client | null = null
  let timer: NodeJS.Timeout | null = null
  let isStopped = false

  async function connect(): Promise<void> {
    const listening = new Client({ connectionString, application_name: 'pentarch jobs' })
    client = listening
    listening.on('notification', ({ payload }) => {
      wake(payload ?? '').catch((error: unknown) => log.error({ err: error, job: payload }, 'A job could not be woken'))
    })
    // Ends by itself or never begins: both come here once, and an error alone must not end the process.
    listening.on('error', () => undefined)
    listening.on('end', again)
    try {
      await listening.connect()
      await listening.query(`LISTEN ${wakeChannel}`)
    } catch (error) {
      if (!isStopped) log.warn({ err: error }, 'Jobs are not woken at once, only by their schedule')
      await listening.end().catch(() => undefined)
      again()
    }
  }

  function again(): void {
    if (isStopped || timer !== null) return
    timer = setTimeout(() => {
      timer = null
      void connect()
    }, reconnectMs)
    timer.unref()
  }

  void connect()
  return {
    async stop() {
      isStopped = true
      if (timer !== null) clearTimeout(timer)
      await client?.end().catch(() => undefined)
    },
  }
}
