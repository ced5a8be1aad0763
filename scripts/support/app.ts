import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { bin } from './tools'

const PORT_WITHIN_MS = 2_000
const READY_WITHIN_MS = 60_000
const STOP_WITHIN_MS = 10_000

export type AppMode = 'start' | 'dev'

export interface AppOptions {
  /** `start` serves the build in `env.PENTARCH_DIST_DIR`, `dev` compiles on demand. */
  mode: AppMode
  host: string
  port: number
  env: Record<string, string | undefined>
  /** File for what the app says; without one it goes to the terminal. */
  logFile?: string
}

/** The running app. */
export interface App {
  /** Settles when it has ended, wanted or not. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

/** Throws, in words, when somebody else listens on the port; an app that is just going away has a moment to. */
export async function requireFreePort(host: string, port: number): Promise<void> {
  let failure = await tryPort(host, port)
  for (const end = Date.now() + PORT_WITHIN_MS; failure && Date.now() < end; await sleep(100)) {
    failure = await tryPort(host, port)
  }
  if (failure?.code === 'EADDRINUSE') throw new Error(`Port ${port} is taken. Choose another: PORT=${port + 1}`)
  if (failure) throw new Error(`Cannot listen on ${host}:${port}: ${failure.message}`)
}

function tryPort(host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  const probe = createServer()
  return new Promise((resolve) => {
    probe.on('error', resolve)
    probe.listen(port, host, () => probe.close(() => resolve(undefined)))
  })
}

/** Starts the app as a process of its own and waits until it answers that it is ready. */
export async function startApp({ mode, host, port, env, logFile }: AppOptions): Promise<App> {
  const follow = pathToFileURL(path.resolve('scripts', 'support', 'follow-parent.mjs')).href
  const args = ['--import', follow, bin('next'), mode, '-H', host, '-p', String(port)]
  const log = logFile ? openSync(logFile, 'w', 0o600) : undefined
  const child = spawn(process.execPath, args, {
    env: { ...process.env, NODE_ENV: mode === 'dev' ? 'development' : 'production', ...env },
    stdio: ['ignore', log ?? 'inherit', log ?? 'inherit', 'ipc'],
    // A Ctrl-C in the terminal is for the command, which stops app and database one after the other.
    detached: true,
  })
  if (log !== undefined) closeSync(log)
  let running = true
  const ended = new Promise<void>((resolve) => {
    child.on('error', () => resolve())
    child.on('exit', () => resolve())
  }).then(() => {
    running = false
  })
  const stop = async () => {
    child.kill('SIGTERM')
    const late = new AbortController()
    await Promise.race([ended, sleep(STOP_WITHIN_MS, undefined, { signal: late.signal }).catch(() => undefined)])
    late.abort()
    if (running) child.kill('SIGKILL')
    await ended
  }

  const address = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}/readyz`
  for (const end = Date.now() + READY_WITHIN_MS; !(await answers(address)); await sleep(100)) {
    if (running && Date.now() < end) continue
    await stop()
    const said = logFile ? `:\n${(await readFile(logFile, 'utf8')).slice(-4_000)}` : ''
    throw new Error(`The app ${running ? 'is not ready in time' : 'did not start'}${said}`)
  }
  return { ended, stop }
}

async function answers(address: string): Promise<boolean> {
  try {
    return (await fetch(address, { signal: AbortSignal.timeout(5_000) })).ok
  } catch {
    return false
  }
}
