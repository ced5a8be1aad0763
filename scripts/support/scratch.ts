import { existsSync, readdirSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { clearLeftovers } from '@/lib/db/embedded/postmaster'
import { isAlive } from '../lock.mjs'

const SCRATCH = path.resolve('.test')

/** A folder of this process alone under .test/, so that runs beside each other do not meet. */
export interface Scratch {
  readonly path: string
  remove(): Promise<void>
}

/** Makes it, and removes what killed runs have left: their folders, and their database servers. */
export async function scratchDirectory(purpose: string): Promise<Scratch> {
  await removeAbandoned()
  const directory = path.join(SCRATCH, `${purpose}-${process.pid}`)
  await rm(directory, { recursive: true, force: true })
  await mkdir(directory, { recursive: true, mode: 0o711 })
  return { path: directory, remove: () => rm(directory, { recursive: true, force: true, maxRetries: 3 }) }
}

async function removeAbandoned(): Promise<void> {
  if (!existsSync(SCRATCH)) return
  for (const name of readdirSync(SCRATCH)) {
    const pid = Number(/-(\d+)$/.exec(name)?.[1])
    if (!Number.isInteger(pid) || isAlive(pid)) continue
    const directory = path.join(SCRATCH, name)
    const cluster = path.join(directory, 'postgres')
    if (existsSync(cluster)) await clearLeftovers(cluster)
    await rm(directory, { recursive: true, force: true, maxRetries: 3 })
  }
}
