import { readFileSync } from 'node:fs'
import { v7 } from 'uuid'
import { systemActor } from '@/lib/access/model'
import { openDatabase } from '@/lib/db/client'
import { readable } from './figures'

const connectionString = readFileSync('/tmp/benchdev.url', 'utf8')
const database = openDatabase(connectionString)
const now = new Date()
const bench = {
  database,
  connectionString,
  now,
  run: { database, actor: systemActor('bench'), now, newId: v7, requestId: 'bench' },
}
const [file, fn] = process.argv.slice(2)
const mod = await import(`./${file}`)
for await (const f of mod[fn](bench))
  console.log(
    f.what.padEnd(50),
    f.ms ? readable(f.ms.p50).padStart(9) + ' p95 ' + readable(f.ms.p95).padStart(9) : '',
    f.baseline ? readable(f.baseline.ms.p50).padStart(9) : '',
    f.ratio?.toFixed(2) ?? '',
    f.amount ?? '',
    f.aim ? (f.aim.met ? 'met' : 'MISSED') + ' ' + f.aim.text : '',
  )
await database.close()
