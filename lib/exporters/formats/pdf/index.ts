import 'server-only'
import { Worker } from 'node:worker_threads'
import { laidOutInTurn } from '@/lib/pdf/in-turn'
import { directRowsMax } from '../../model'
import type { Format } from '../model'
import { gather } from './gather'

/** A report that a board can read: what it is, the numbers as charts, the first rows as a table, and the digest of all. */
export const pdfFormat: Format = {
  name: 'pdf',
  title: 'PDF',
  extension: 'pdf',
  mediaType: 'application/pdf',
  directRowsMax,
  async *write(content) {
    const workerData = await gather(content)
    // In this form the bundler of the app finds the file and makes an entry of its own of it.
    yield await laidOutInTurn(() => new Worker(new URL('./thread.ts', import.meta.url), { workerData }))
  },
}
