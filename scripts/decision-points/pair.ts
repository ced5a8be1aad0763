import { existsSync, readFileSync } from 'node:fs'
import { copyFile, mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { writePrivate } from '@/lib/db/embedded/kept-secret'
import { addressAt, type DecisionPointServer, startDecisionPoint } from './server'

/** The enforcement points of the sample that can be asked, by slug. */
const askable = ['edge-gateway', 'claims-core'] as const
type Askable = (typeof askable)[number]

const portsSchema = z.partialRecord(z.enum(askable), z.number().int())

/** The pair that runs. */
export interface Pair {
  points: {
    slug: Askable
    address: string /** Where it was at the last start; null at the first. */
    before: string | null
  }[]
  /** Remembers the addresses for the next start, once whoever asks there knows them. */
  keep(): Promise<void>
  stop(): Promise<void>
}

/**
 * Starts the decision points of the sample: the gateway's agrees with the contract, the application's has drifted. Their
 * policies are copied into the data directory once and read anew for every question, so that anybody can mend them
 * there; they come back at the same ports, unless somebody else has taken those.
 */
export async function startPair(home: string): Promise<Pair> {
  const folder = path.join(home, 'decision-points')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const portsFile = path.join(folder, 'ports.json')
  const kept = portsSchema.parse(JSON.parse(await readFile(portsFile, 'utf8').catch(() => '{}')))
  const running: DecisionPointServer[] = []
  const stop = async () => {
    await Promise.all(running.map((server) => server.stop()))
  }
  try {
    const points: Pair['points'] = []
    for (const slug of askable) {
      const port = kept[slug]
      const server = await startOne(folder, slug, port)
      running.push(server)
      points.push({ slug, address: server.address, before: port === undefined ? null : addressAt(port) })
    }
    const ports = points.map(({ slug, address }) => [slug, Number(new URL(address).port)])
    const keep = () => writePrivate(portsFile, JSON.stringify(Object.fromEntries(ports)))
    return { points, keep, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function startOne(folder: string, slug: Askable, port: number | undefined): Promise<DecisionPointServer> {
  const file = path.join(folder, `${slug}.cedar`)
  // What somebody has changed there stays.
  if (!existsSync(file)) await copyFile(path.join(import.meta.dirname, `${slug}.cedar`), file)
  const policies = () => readFileSync(file, 'utf8')
  if (port === undefined) return await startDecisionPoint({ policies })
  return await startDecisionPoint({ policies, port }).catch(() => startDecisionPoint({ policies }))
}
