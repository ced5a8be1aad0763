import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type EmbeddedServer, startEmbedded } from './server'

describe('startEmbedded', () => {
  let dataDir = ''
  let server: EmbeddedServer | undefined
  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'pentarch-embedded-'))
  })
  afterEach(async () => {
    await server?.stop()
    await rm(dataDir, { recursive: true })
  })

  const start = async (durable = false) => {
    server = await startEmbedded({ dataDir, durable })
    return server
  }
  const ask = async (running: EmbeddedServer, text: string) => {
    const client = new Client({ connectionString: await running.ensureDatabase('pentarch') })
    await client.connect()
    return client.query(text).finally(() => client.end())
  }
  const remember = async (running: EmbeddedServer) => ask(running, 'create table kept as select 42 as answer')
  const recall = async (running: EmbeddedServer) => (await ask(running, 'select answer from kept')).rows[0]?.answer

  it('keeps its data over a stop and a start, and its password to itself', async () => {
    const first = await start()
    await remember(first)
    await first.stop()
    expect(await recall(await start())).toBe(42)
    expect((await stat(path.join(dataDir, 'postgres.password'))).mode & 0o077).toBe(0)
  })

  it('stops a server that outlived its app, and takes over what it had written', async () => {
    const orphan = await start()
    await remember(orphan)
    const heir = await start()
    expect(heir.pid).not.toBe(orphan.pid)
    expect(await recall(heir)).toBe(42)
    await orphan.ended
  })

  it('recovers what was committed when the server itself was killed', async () => {
    const killed = await start(true)
    await remember(killed)
    process.kill(killed.pid, 'SIGKILL')
    await killed.ended
    expect(await recall(await start(true))).toBe(42)
  })

  it('leaves a process alone that only has the process id of an old server', async () => {
    const first = await start()
    const pidFile = path.join(dataDir, 'postgres', 'postmaster.pid')
    const left = await readFile(pidFile, 'utf8')
    await first.stop()
    await writeFile(pidFile, left.replace(/^\d+/, String(process.ppid)))
    await expect(start()).resolves.toMatchObject({ port: expect.any(Number) })
  })
})
