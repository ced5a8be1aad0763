import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, escapeIdentifier } from 'pg'
import { type Account, commandAs, databaseAccount } from './account'
import { type Binaries, findBinaries } from './binaries'
import { keptSecret } from './kept-secret'
import { clearLeftovers, isReady, stopPostmaster } from './postmaster'

const USER = 'pentarch'
const START_TIMEOUT_MS = 60_000

/** Sized for a small machine that the app shares. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '1GB',
  random_page_cost: '1.1',
  jit: 'off',
  // Files instead of /dev/shm, which containers keep so small that parallel queries fail.
  dynamic_shared_memory_type: 'mmap',
  log_checkpoints: 'off',
  timezone: 'UTC',
}

/** For databases that are thrown away: a crash may lose them, and nothing waits for the disk. */
const EPHEMERAL = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/** A running embedded server. */
export interface EmbeddedServer {
  readonly port: number
  readonly pid: number
  /** Connection string of a database on this server. */
  url(database: string): string
  /** Makes the database when it is not there, and gives its connection string. */
  ensureDatabase(database: string): Promise<string>
  /** Stops the server after writing everything; a second call waits for the first. */
  stop(): Promise<void>
  /** Settles when the server has ended, wanted or not. */
  readonly ended: Promise<void>
}

export interface EmbeddedOptions {
  /** Folder that holds the cluster (`postgres/`), its password (`postgres.password`) and its log (`postgres.log`). */
  dataDir: string
  /** False for tests: faster, and lost in a crash of the machine. Default true. */
  durable?: boolean
}

/**
 * Starts the embedded PostgreSQL of a data directory on a free loopback port; the first start makes the cluster.
 * The caller sees to it that nobody else starts the same directory at the same time.
 */
export async function startEmbedded({ dataDir, durable = true }: EmbeddedOptions): Promise<EmbeddedServer> {
  const home = path.resolve(dataDir)
  // Others may pass through, not look: the account of the database needs that when root runs Pentarch.
  await mkdir(home, { recursive: true, mode: 0o711 })
  const account = databaseAccount()
  const binaries = await findBinaries(account)
  const cluster = path.join(home, 'postgres')
  const password = await keptSecret(path.join(home, 'postgres.password'))
  if (!existsSync(cluster)) await initialise({ home, cluster, password, binaries, account, durable })
  await clearLeftovers(cluster)

  const port = await freePort()
  const settings = { ...SETTINGS, ...(durable ? {} : EPHEMERAL), port: String(port) }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const { command, args, options } = commandAs(account, home, binaries.postgres, ['-D', cluster, ...flags])
  const logFile = path.join(home, 'postgres.log')
  const log = openSync(logFile, 'w', 0o600)
  // Detached: a Ctrl-C in the terminal is the app's to handle, the database stops after it.
  const child = spawn(command, args, { ...options, cwd: home, detached: true, stdio: ['ignore', log, log] })
  closeSync(log)
  child.unref()
  let running = true
  const ended = new Promise<void>((resolve) => {
    child.on('error', () => resolve())
    child.on('exit', () => resolve())
  }).then(() => {
    running = false
  })

  for (const end = Date.now() + START_TIMEOUT_MS; !isReady(cluster, child.pid); await sleep(20)) {
    if (running && Date.now() < end) continue
    child.kill('SIGINT')
    throw new Error(`The embedded PostgreSQL did not start. Its log:\n${await readFile(logFile, 'utf8')}`)
  }
  const pid = child.pid ?? 0
  const url = (database: string) => `postgresql://${USER}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`
  let stopping: Promise<void> | undefined
  return {
    port,
    pid,
    url,
    ended,
    ensureDatabase: async (database) => {
      await createMissing(url('postgres'), database)
      return url(database)
    },
    stop: () => {
      stopping ??= running ? stopPostmaster(pid).then(() => ended) : ended
      return stopping
    },
  }
}

async function createMissing(serverUrl: string, database: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl })
  await client.connect()
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [database])
    if (found.rowCount === 0) await client.query(`create database ${escapeIdentifier(database)}`)
  } finally {
    await client.end()
  }
}

interface ClusterToBe {
  home: string
  cluster: string
  password: string
  binaries: Binaries
  account: Account | undefined
  durable: boolean
}

/** Makes the cluster beside its place and moves it there when whole: a kill half way leaves nothing that looks ready. */
async function initialise({ home, cluster, password, binaries, account, durable }: ClusterToBe): Promise<void> {
  const draft = `${cluster}.new`
  const passwordFile = path.join(home, 'postgres.initial')
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { mode: 0o700 })
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (account) await Promise.all([draft, passwordFile].map((file) => chown(file, account.uid, account.gid)))
  try {
    await run(
      commandAs(account, home, binaries.initdb, [
        ...['--pgdata', draft, '--username', USER, '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
        ...['--encoding', 'UTF8', '--locale-provider', 'builtin', '--locale', 'C.UTF-8', '--lc-messages', 'C'],
        ...(durable ? [] : ['--no-sync']),
      ]),
      home,
    )
  } finally {
    await rm(passwordFile, { force: true })
  }
  await rename(draft, cluster)
}

function run({ command, args, options }: ReturnType<typeof commandAs>, cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    const said: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`${path.basename(command)} failed:\n${Buffer.concat(said).toString()}`))
    })
  })
}

/** A loopback port that is free now. Whoever takes it in the meantime makes the start fail with a clear log. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('No free port')),
      )
    })
  })
}
