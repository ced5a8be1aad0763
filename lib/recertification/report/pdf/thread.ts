import { parentPort, workerData } from 'node:worker_threads'
import { type PdfContent, reportPdf } from './document'

/** The thread of `renderPdf`: lays one report out, answers with the file, and ends. */
const content: PdfContent = workerData
parentPort?.postMessage(await reportPdf(content))
