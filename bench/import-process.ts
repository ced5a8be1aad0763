import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { v7 } from 'uuid'
import { systemActor } from '@/lib/access/model'
import { database } from '@/lib/db/client'
import { importUseCases } from '@/lib/importers/service'
import { runUseCase } from '@/lib/use-cases/run'

/** One import of a file as the server does it; says how long it took and how much memory the process had at most. */
const [file = ''] = process.argv.slice(2)
const started = performance.now()
const input = {
  kind: 'csv' as const,
  files: [{ name: path.basename(file), contentBase64: (await readFile(file)).toString('base64') }],
}
const report = await runUseCase(importUseCases['imports.apply'], input, {
  database: database(),
  actor: systemActor('bench'),
  now: new Date(),
  newId: v7,
  requestId: 'bench',
})
const ms = performance.now() - started
const megabytes = process.resourceUsage().maxRSS / 1024
const { bindings: created = 0 } = report.created
const { bindings: unchanged = 0 } = report.unchanged
console.log(JSON.stringify({ ms, megabytes, created, unchanged }))
await database().close()
