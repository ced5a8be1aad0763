import { parentPort, workerData } from 'node:worker_threads'
import { exportPdf } from './document'
import type { PdfReport } from './gather'

/** The thread of the PDF format: lays one report out, answers with the file, and ends. */
const report: PdfReport = workerData
parentPort?.postMessage(await exportPdf(report))
