import { randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import path from 'node:path'
import { freePort } from '@/lib/db/embedded/server'
import { startApp } from '@/scripts/support/app'
import { acquireBuild } from '@/scripts/support/build'
import { step } from '@/scripts/support/steps'
import type { Teardown } from '@/scripts/support/teardown'
import { measureBrowser } from './browser'
import type { Bench } from './database'
import { type Figure, within } from './figures'
import { type Timing, timingOf } from './measure'
import { makeVisitor } from './visitor'

const section = 'HTTP, production build'
const clientCounts = [1, 16]
/** A measurement ends at whichever comes first. */
const requestsMax = 300
const secondsMax = 15

/** The matrix over HTTP from the production build on the same database, loopback only. */
export async function* measureHttp(teardown: Teardown, bench: Bench, scratch: string): AsyncGenerator<Figure> {
  const secret = randomBytes(32).toString('base64url')
  const port = await freePort()
  const url = `http://localhost:${port}`
  const visitor = await makeVisitor(bench.database, secret, bench.now)
  const build = await step('Build', () => teardown.hold(acquireBuild(teardown), (held) => held.release()))
  const app = startApp({
    mode: 'start',
    host: '127.0.0.1',
    port,
    env: {
      DATABASE_URL: bench.connectionString,
      NEXTAUTH_SECRET: secret,
      NEXTAUTH_URL: url,
      PENTARCH_DIST_DIR: build.distDir,
      PENTARCH_DATA_DIR: scratch,
      PORT: String(port),
    },
    logFile: path.join(scratch, 'app.log'),
  })
  await teardown.hold(app, (held) => held.stop())

  const cookie = `${visitor.cookie.name}=${visitor.cookie.value}`
  const targets = [
    { what: 'matrix page (HTML)', path: '/matrix', headers: { cookie } },
    {
      what: 'matrix rows (JSON)',
      path: '/api/v1/matrix?limit=50',
      headers: { authorization: `Bearer ${visitor.token}` },
    },
  ]
  for (const { what, path: target, headers } of targets) {
    await load(port, target, headers, 2, 20)
    for (const clients of clientCounts) {
      const { ms, perSecond } = await load(port, target, headers, clients, requestsMax)
      const title = `${what}, ${clients} ${clients === 1 ? 'client' : 'clients'}`
      yield { ...within(section, title, ms), amount: `${perSecond.toFixed(0)} a second` }
    }
  }
  yield* measureBrowser(teardown, section, url, visitor)
}

/** Clients that ask for the same again and again, each as soon as it has its answer. */
async function load(
  port: number,
  target: string,
  headers: Record<string, string>,
  clients: number,
  requests: number,
): Promise<{ ms: Timing; perSecond: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const durations: number[] = []
  const started = performance.now()
  const end = started + secondsMax * 1000
  let sent = 0
  const client = async () => {
    while (sent < requests && performance.now() < end) {
      sent += 1
      const asked = performance.now()
      await answerTo(port, target, headers, agent)
      durations.push(performance.now() - asked)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  agent.destroy()
  return { ms: timingOf(durations), perSecond: (1000 * durations.length) / (performance.now() - started) }
}

function answerTo(port: number, target: string, headers: Record<string, string>, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, path: target, agent, headers: { ...headers, 'accept-encoding': 'gzip' } },
      (answer) => {
        answer.resume()
        answer.on('error', reject)
        answer.on('end', () => {
          if (answer.statusCode === 200) resolve()
          else reject(new Error(`${target} answered ${answer.statusCode}`))
        })
      },
    )
    asked.on('error', reject)
    asked.end()
  })
}
