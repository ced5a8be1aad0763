import 'server-only'
import { Worker } from 'node:worker_threads'
import { laidOutInTurn } from '@/lib/pdf/in-turn'
import type { PdfContent } from './document'

/** Records that a PDF shows: a hundred pages, some seconds and 500 MB in a thread of its own. The CSV has them all. */
export const recordsInPdfMax = 1000

/** Lays a report out in a thread of its own, when it is its turn. */
export const renderPdf = (workerData: PdfContent): Promise<Uint8Array<ArrayBuffer>> =>
  // In this form the bundler of the app finds the file and makes an entry of its own of it.
  laidOutInTurn(() => new Worker(new URL('./thread.ts', import.meta.url), { workerData }))
