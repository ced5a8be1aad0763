import { parentPort, workerData } from 'node:worker_threads'
import { readImport } from './index'
import type { ImportFile, ImportKind } from './model'

/** The thread of `readFiles`: reads the files of one import, answers with what is in them, and ends. */
const { kind, files }: { kind: ImportKind; files: ImportFile[] } = workerData
parentPort?.postMessage(await readImport(kind, files))
