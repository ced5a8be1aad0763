import { database } from '@/lib/db/client'
import { gapsAreRight } from '@/lib/gaps/reevaluate'

/** One look at whether the gaps are right, as the server takes it; says how much memory the process had at most. */
const right = await database().snapshot((db) => gapsAreRight(db, new Date(process.argv[2] ?? 0)))
console.log(JSON.stringify({ right, megabytes: process.resourceUsage().maxRSS / 1024 }))
await database().close()
