import { writeFile } from 'node:fs/promises'
import { minifyContractRouter } from '@orpc/contract'
import { router } from '@/lib/http/router'

/** Writes the method and path of every operation for the typed client: `lib/http/contract.json`. */
await writeFile('lib/http/contract.json', `${JSON.stringify(minifyContractRouter(router), null, 1)}\n`)
