import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLock } from './lock.mjs'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

const modules = path.join(root, 'node_modules')
const locks = path.join(root, '.next', 'locks')
const installStamp = path.join(modules, '.pentarch-lock')
const clientStamp = path.join(modules, '.pentarch-client')
const generatedClient = path.join(root, 'lib', 'db', 'generated', 'client.ts')
const schemaFiles = ['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json']

/** The Node that the packages need, itself a package; valid once `prepare` has run. */
export const node = path.join(modules, '.bin', 'node')

/**
 * Makes a checkout runnable: packages as in the lock file, database client as in the schema.
 * Does nothing when both are in place. Says what it does on stderr, so that stdout stays the command's own.
 */
export async function prepare() {
  await once('install', isInstalled, install)
  await once('client', () => upToDate(clientStamp, schemaFiles, generatedClient), generateClient)
}

/** Runs `act` unless `done`, in one process at a time: whoever waited looks again before acting. */
async function once(name, done, act) {
  if (await done()) return
  await withLock(path.join(locks, name), async () => {
    if (!(await done())) await act()
  })
}

async function isInstalled() {
  if (await upToDate(installStamp, ['package-lock.json'], node)) return true
  // Packages that somebody installed by hand are good too, when npm's own record of them agrees with the lock file.
  const [wanted, found] = await Promise.all(
    [path.join(root, 'package-lock.json'), path.join(modules, '.package-lock.json')].map(readPackages),
  )
  if (!found || !existsSync(node)) return false
  const differs = ([name, { version, optional, devOptional }]) =>
    name !== '' && found[name]?.version !== version && !(found[name] === undefined && (optional || devOptional))
  if (Object.entries(wanted).some(differs) || Object.keys(found).some((name) => !wanted[name])) return false
  await writeFile(installStamp, await digest(['package-lock.json']))
  return true
}

async function readPackages(file) {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text && JSON.parse(text).packages
}

async function upToDate(stamp, files, product) {
  return existsSync(product) && (await readFile(stamp, 'utf8').catch(() => '')) === (await digest(files))
}

async function digest(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(file).update(await readFile(path.join(root, file)))
  return hash.digest('hex')
}

async function install() {
  const started = performance.now()
  console.error('Installing packages …')
  const lock = await digest(['package-lock.json'])
  await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  await writeFile(installStamp, lock)
  console.error(`Packages installed in ${seconds(started)}`)
}

async function generateClient() {
  const started = performance.now()
  const schema = await digest(schemaFiles)
  // Prisma insists that a schema engine exists before it generates, though it does not run it. Any executable
  // will do, and naming one keeps Prisma from downloading its own.
  const env = { PRISMA_SCHEMA_ENGINE_BINARY: node, PRISMA_HIDE_UPDATE_MESSAGE: '1' }
  await run(node, [path.join(modules, 'prisma', 'build', 'index.js'), 'generate', '--no-hints'], env)
  await writeFile(clientStamp, schema)
  console.error(`Database client generated in ${seconds(started)}`)
}

/** Runs a tool quietly; what it said is shown when it fails. */
function run(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    })
    // An interrupted bootstrap takes its tool along: a second installation must not meet the first.
    process.once('exit', () => child.kill())
    const said = []
    child.stdout.on('data', (chunk) => said.push(chunk))
    child.stderr.on('data', (chunk) => said.push(chunk))
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (code === 0) return resolve()
      process.stderr.write(Buffer.concat(said))
      reject(new Error(`${path.basename(command)} ${args.at(-1)} failed (${signal ?? `exit code ${code}`})`))
    })
  })
}

function seconds(started) {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`
}
