import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 20
const FAST_STOP_MS = 30_000
const IMMEDIATE_STOP_MS = 10_000

const pidFile = (dataDir: string) => path.join(dataDir, 'postmaster.pid')

/** Lines of postmaster.pid, as PostgreSQL writes them: 1 process id, 2 data directory, 4 port, 8 status. */
function readPidFile(dataDir: string) {
  if (!existsSync(pidFile(dataDir))) return undefined
  const lines = readFileSync(pidFile(dataDir), 'utf8').split('\n')
  return { pid: Number.parseInt(lines[0] ?? '', 10), status: lines[7]?.trim() }
}

/** Whether the server with process id `pid` says that it takes connections. */
export function isReady(dataDir: string, pid: number | undefined): boolean {
  const found = readPidFile(dataDir)
  return found?.pid === pid && found?.status === 'ready'
}

/**
 * Leaves `dataDir` without a server: one that outlived a killed app is stopped cleanly, a `postmaster.pid` that a
 * killed server left is removed. A process that merely got the old process id is left alone.
 */
export async function clearLeftovers(dataDir: string): Promise<void> {
  const left = readPidFile(dataDir)
  if (!left) return
  if (servesFrom(left.pid, dataDir)) await stopPostmaster(left.pid)
  rmSync(pidFile(dataDir), { force: true })
}

function servesFrom(pid: number, dataDir: string): boolean {
  if (!Number.isInteger(pid) || !isAlive(pid)) return false
  const command = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  // Without `ps` (a slim container), Linux tells through /proc.
  const line = command.status === 0 ? command.stdout : readCommandLine(pid)
  return line.includes('postgres') && (line.includes(dataDir) || line.includes(realpathSync(dataDir)))
}

function readCommandLine(pid: number): string {
  const file = `/proc/${pid}/cmdline`
  return existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\0', ' ') : ''
}

/** Stops a server: fast (open transactions end, everything is written), and only if that hangs, immediately. */
export async function stopPostmaster(pid: number): Promise<void> {
  signal(pid, 'SIGINT')
  if (await isGone(pid, FAST_STOP_MS)) return
  signal(pid, 'SIGQUIT')
  if (!(await isGone(pid, IMMEDIATE_STOP_MS))) throw new Error(`PostgreSQL (process ${pid}) does not stop`)
}

async function isGone(pid: number, withinMs: number): Promise<boolean> {
  for (const end = Date.now() + withinMs; Date.now() < end; await sleep(POLL_MS)) if (!isAlive(pid)) return true
  return false
}

function isAlive(pid: number): boolean {
  return signal(pid, 0) && !isZombie(pid)
}

/** A server whose parent was killed may stay in the process table, dead, where nobody collects orphans (containers). */
function isZombie(pid: number): boolean {
  const file = `/proc/${pid}/stat`
  try {
    return /^ [ZX]/.test(readFileSync(file, 'utf8').replace(/^.*\)/s, ''))
  } catch {
    return false
  }
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}
