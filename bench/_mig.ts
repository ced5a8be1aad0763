import { readFileSync } from 'node:fs'
import { migrate } from '@/lib/db/migrate'

console.log(await migrate(readFileSync('/tmp/benchdev.url', 'utf8')))
