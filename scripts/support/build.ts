import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { access, constants, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { acquireLock, isAlive, withLock } from '../lock.mjs'
import type { Teardown } from './teardown'
import { bin, runTool } from './tools'

/** Relative to the checkout, as Next wants it. */
const BUILDS = path.join('.next', 'builds')
const LOCK = path.join('.next', 'locks', 'build')

const SOURCES = [
  ...['app', 'components', 'lib', 'public', 'prisma/schema.prisma', 'instrumentation.ts', 'proxy.ts'],
  ...['next.config.ts', 'postcss.config.cjs', 'tsconfig.json', 'tsconfig.next.json', 'package-lock.json'],
]
const IRRELEVANT = /\.test\.tsx?$|^lib\/db\/generated$/

/** A finished production build, kept from removal until released. */
export interface Build {
  /** The value of PENTARCH_DIST_DIR that makes next.config.ts use it. */
  distDir: string
  release(): Promise<void>
}

/**
 * The production build of the sources as they are, built unless it is there. Each state of the sources has a folder
 * of its own, named by their hash: a build never touches one that an app is running from. Of several commands that
 * want the same build, one builds. Builds that nobody runs any more are removed.
 */
export async function acquireBuild(teardown: Teardown): Promise<Build> {
  const distDir = currentDistDir()
  return withLock(LOCK, async () => {
    if (!isComplete(distDir)) await build(teardown, distDir)
    const release = await acquireLock(leaseFile(distDir))
    await removeUnused(distDir)
    return { distDir, release }
  })
}

/** As `acquireBuild`, but refuses when `npm run build` has not been run on the sources as they are. */
export async function acquireExistingBuild(teardown: Teardown): Promise<Build> {
  if (!isComplete(currentDistDir())) {
    throw new Error('There is no build of these sources. Run `npm run build` first, after every upgrade too.')
  }
  // Where nobody can write, nobody can remove the build either: it needs no lease. So it is in a container.
  if (!(await isWritable(BUILDS))) return { distDir: currentDistDir(), release: async () => undefined }
  return acquireBuild(teardown)
}

function currentDistDir(): string {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap(filesUnder).sort())
    hash.update(`${file}\0`).update(readFileSync(file)).update('\0')
  return path.join(BUILDS, hash.digest('hex').slice(0, 16))
}

function filesUnder(entry: string): string[] {
  if (!existsSync(entry) || IRRELEVANT.test(entry)) return []
  if (!statSync(entry).isDirectory()) return [entry]
  return readdirSync(entry).flatMap((name) => filesUnder(`${entry}/${name}`))
}

const isWritable = (folder: string) =>
  access(folder, constants.W_OK).then(
    () => true,
    () => false,
  )

const completeMark = (distDir: string) => path.join(distDir, 'pentarch-complete')
const leases = (distDir: string) => `${distDir}.leases`
const leaseFile = (distDir: string) => path.join(leases(distDir), String(process.pid))
const isComplete = (distDir: string) => existsSync(completeMark(distDir))

async function build(teardown: Teardown, distDir: string): Promise<void> {
  await rm(distDir, { recursive: true, force: true })
  const { code, output } = await runTool(teardown, process.execPath, [bin('next'), 'build'], {
    env: { NODE_ENV: 'production', PENTARCH_DIST_DIR: distDir },
  })
  if (code !== 0) throw new Error(`The production build failed:\n${output}`)
  await writeFile(completeMark(distDir), '')
}

/** Removes the builds that have no lease of a process that is still there. Runs under the build lock. */
async function removeUnused(current: string): Promise<void> {
  await mkdir(BUILDS, { recursive: true })
  const names = (await readdir(BUILDS)).filter((name) => !name.endsWith('.leases'))
  for (const distDir of names.map((name) => path.join(BUILDS, name))) {
    if (distDir === current || (await isLeased(distDir))) continue
    await rm(distDir, { recursive: true, force: true })
    await rm(leases(distDir), { recursive: true, force: true })
  }
}

async function isLeased(distDir: string): Promise<boolean> {
  const pids = existsSync(leases(distDir)) ? await readdir(leases(distDir)) : []
  return pids.map(Number).some((pid) => Number.isInteger(pid) && isAlive(pid))
}
