import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import path from 'node:path'

const HEARTBEAT_MS = 2_000
const STALE_AFTER_MS = 20_000
const POLL_MS = 200

/**
 * Runs `work` while this process alone holds the lock file `file`; other processes wait for their turn.
 * A holder that was killed does not block anyone: its process is gone, or (after a reboot, or in another
 * container) its heartbeat has stopped.
 */
export async function withLock(file, work, options = {}) {
  const release = await acquireLock(file, options)
  try {
    return await work()
  } finally {
    await release()
  }
}

/**
 * Takes the lock file and returns the function that gives it back. `onWait(pid)` is called once when another
 * process holds it for longer than `patienceMs`; throwing there gives up.
 */
export async function acquireLock(file, { onWait, patienceMs = 0 } = {}) {
  await mkdir(path.dirname(file), { recursive: true })
  const token = `${process.pid} ${randomUUID()}\n`
  const impatientAt = Date.now() + patienceMs
  let told = false
  while (!(await create(file, token))) {
    const holder = await readHolder(file)
    if (holder?.stale) await removeStale(file, holder.token)
    else if (holder) {
      if (!told && Date.now() >= impatientAt) {
        onWait?.(holder.pid)
        told = true
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
  }
  const heartbeat = setInterval(() => utimes(file, new Date(), new Date()).catch(() => {}), HEARTBEAT_MS)
  heartbeat.unref()
  return async () => {
    clearInterval(heartbeat)
    if ((await readFile(file, 'utf8').catch(() => '')) === token) await rm(file, { force: true })
  }
}

async function create(file, token) {
  try {
    const handle = await open(file, 'wx', 0o600)
    await handle.writeFile(token)
    await handle.close()
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

async function readHolder(file) {
  try {
    const [token, { mtimeMs }] = [await readFile(file, 'utf8'), await stat(file)]
    const pid = Number.parseInt(token, 10)
    const silent = Date.now() - mtimeMs > STALE_AFTER_MS
    // An empty file is a holder that has created it and not yet written its name: only silence condemns it.
    return { token, pid, stale: silent || (token !== '' && !isAlive(pid)) }
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Moves the stale file aside before deleting it, so that of two processes that saw it stale only one removes it. */
async function removeStale(file, token) {
  const aside = `${file}.${process.pid}`
  try {
    await rename(file, aside)
    // Between our look and our rename another process may have replaced it with its own live lock: give that back.
    if ((await readFile(aside, 'utf8')) === token) await rm(aside, { force: true })
    else await rename(aside, file)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}

/** Whether a process with this id runs, whoever owns it. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error.code !== 'EPERM') return false
  }
  return !isZombie(pid)
}

/** A killed process that nobody has collected, as in containers without an init, still has its id. */
function isZombie(pid) {
  try {
    return /^ [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, ''))
  } catch {
    return false
  }
}
