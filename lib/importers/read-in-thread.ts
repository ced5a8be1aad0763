import 'server-only'
import { Worker } from 'node:worker_threads'
import { readImport } from './index'
import type { ImportFile, ImportKind, ParsedImport } from './model'

/** From here on, reading would hold up everybody else whom this process serves. */
const bytesReadInPlace = 1024 * 1024

/** Reads the files of one import; large ones in a thread of their own, whose memory goes with it. */
export async function readFiles(kind: ImportKind, files: readonly ImportFile[]): Promise<ParsedImport> {
  const bytes = files.reduce((sum, file) => sum + file.bytes.byteLength, 0)
  // What a workbook unpacks to is not known before.
  return bytes < bytesReadInPlace && kind !== 'xlsx' ? await readImport(kind, files) : await readInThread(kind, files)
}

function readInThread(kind: ImportKind, files: readonly ImportFile[]): Promise<ParsedImport> {
  // In this form the bundler of the app finds the file and makes an entry of its own of it.
  const thread = new Worker(new URL('./reader-thread.ts', import.meta.url), { workerData: { kind, files } })
  return new Promise((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
    // After an answer this changes nothing; without one, nobody would answer any more.
    thread.once('exit', (code) => reject(new Error(`The thread that reads an import ended with code ${code}`)))
  })
}
