import { execFileSync } from 'node:child_process'
import os from 'node:os'
import type { Pool } from 'pg'

/** What the figures were measured on. */
export interface Machine {
  processor: string
  cores: number
  memoryGb: number
  /** Processes that wanted to run in the minute before the measurements: what else the machine was doing. */
  loadBefore: number
  system: string
  node: string
  postgres: string
  date: string
  commit: string
}

/** Describes this machine; taken before the measurements begin. */
export async function describeMachine(pool: Pool, now: Date): Promise<Machine> {
  const { rows } = await pool.query<{ server_version: string }>('SHOW server_version')
  const [processor] = os.cpus()
  return {
    processor: processor?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    loadBefore: Math.round((os.loadavg()[0] ?? 0) * 10) / 10,
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    node: process.version,
    postgres: rows[0]?.server_version ?? 'unknown',
    date: now.toISOString().slice(0, 10),
    commit: commitOf(),
  }
}

function commitOf(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty', '--exclude=*'], { encoding: 'utf8' }).trim()
  } catch {
    return 'not a checkout'
  }
}
