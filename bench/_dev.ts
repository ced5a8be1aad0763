import { writeFileSync } from 'node:fs'
import { openBench, startServer } from '@/bench/database'
import { sizeOf } from '@/bench/estate/size'
import { Teardown } from '@/scripts/support/teardown'

const t = new Teardown()
const s = await startServer(t, process.argv[2] ?? '/tmp/benchdev')
const url = await s.ensureDatabase('bench')
writeFileSync('/tmp/benchdev.url', url)
const b = await openBench(t, url, sizeOf(Number(process.env.BENCH_SCALE ?? 1)))
console.log('ready', url)
await b.database.close()
setInterval(() => {}, 1000)
