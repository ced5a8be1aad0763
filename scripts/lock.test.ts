import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { acquireLock, withLock } from './lock.mjs'

describe('withLock', () => {
  let directory = ''
  const file = () => path.join(directory, 'lock')
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'pentarch-lock-'))
  })
  afterEach(() => rm(directory, { recursive: true }))

  it('lets one in at a time, and leaves nothing behind', async () => {
    let inside = 0
    let most = 0
    const visit = () =>
      withLock(file(), async () => {
        most = Math.max(most, ++inside)
        await new Promise((resolve) => setTimeout(resolve, 20))
        inside--
      })
    await Promise.all([visit(), visit(), visit()])
    expect(most).toBe(1)
    expect(await readdir(directory)).toEqual([])
  })

  it('gives up when the waiting one refuses to wait, naming the holder', async () => {
    const release = await acquireLock(file())
    const refuse = (pid: number) => {
      throw new Error(`held by ${pid}`)
    }
    await expect(acquireLock(file(), { onWait: refuse })).rejects.toThrow(`held by ${process.pid}`)
    await release()
  })

  it('takes over from a process that is gone', async () => {
    const { pid } = spawnSync(process.execPath, ['--version'])
    await writeFile(file(), `${pid} someone\n`)
    await withLock(file(), async () => expect(await readdir(directory)).toEqual(['lock']))
  })

  it('takes over when the heartbeat has stopped, though another process got the old id', async () => {
    await writeFile(file(), `${process.pid} someone\n`)
    const longAgo = new Date(Date.now() - 60_000)
    await utimes(file(), longAgo, longAgo)
    await withLock(file(), async () => expect(await readdir(directory)).toEqual(['lock']))
  })

  it('passes on what the work throws, and lets go', async () => {
    const work = () => Promise.reject(new Error('no'))
    await expect(withLock(file(), work)).rejects.toThrow('no')
    expect(await readdir(directory)).toEqual([])
  })
})
