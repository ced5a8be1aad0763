import 'server-only'
import { Worker } from 'node:worker_threads'
import type { PdfContent } from './document'

/** Records that a PDF shows: a hundred pages, some seconds and 500 MB in a thread of its own. The CSV has them all. */
export const recordsInPdfMax = 1000

let last: Promise<unknown> = Promise.resolve()

/** Lays a report out in a thread of its own, one at a time: nobody whom this process serves waits, and memory is bounded. */
export function renderPdf(content: PdfContent): Promise<Uint8Array<ArrayBuffer>> {
  const turn = last.then(() => inThread(content))
  last = turn.catch(() => undefined)
  return turn
}

function inThread(content: PdfContent): Promise<Uint8Array<ArrayBuffer>> {
  // In this form the bundler of the app finds the file and makes an entry of its own of it.
  const thread = new Worker(new URL('./thread.ts', import.meta.url), { workerData: content })
  return new Promise((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
    // After an answer this changes nothing; without one, nobody would answer any more.
    thread.once('exit', (code) => reject(new Error(`The thread that lays out a report ended with code ${code}`)))
  })
}
