import 'server-only'
import type { Worker } from 'node:worker_threads'

let last: Promise<unknown> = Promise.resolve()

/**
 * The file that a thread lays out, one at a time: nobody whom this process serves waits, and memory is bounded. A thread
 * takes its content as `workerData`, answers with the file, and ends.
 */
export function laidOutInTurn(start: () => Worker): Promise<Uint8Array<ArrayBuffer>> {
  const turn = last.then(() => fileOf(start()))
  last = turn.catch(() => undefined)
  return turn
}

function fileOf(thread: Worker): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
    // After an answer this changes nothing; without one, nobody would answer any more.
    thread.once('exit', (code) => reject(new Error(`The thread that lays out a report ended with code ${code}`)))
  })
}
