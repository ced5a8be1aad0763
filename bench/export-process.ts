import { v7 } from 'uuid'
import { systemActor } from '@/lib/access/model'
import { database } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { rowsOf } from './exports'

/** The matrix as CSV once; says how much memory the process had at most, and how much of it before it began. */
const now = new Date(process.argv[2] ?? 0)
const run = { database: database(), actor: systemActor('bench'), now, newId: v7, requestId: 'bench' }
await database().query(sql`SELECT 1`)
const startMegabytes = process.memoryUsage.rss() / 1024 / 1024
const rows = await rowsOf({ database: database(), now, run }, 'csv')
console.log(JSON.stringify({ rows, startMegabytes, mostMegabytes: process.resourceUsage().maxRSS / 1024 }))
await database().close()
