import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { minifyContractRouter } from '@orpc/contract'
import { expect, it } from 'vitest'
import { router } from './router'

/** Else the browser and the command line would call operations that moved, or not find those that came. */
it('the committed contract is what the use cases say (scripts/contract.ts writes it)', async () => {
  const committed = JSON.parse(await readFile(path.join(import.meta.dirname, 'contract.json'), 'utf8'))
  expect(committed).toEqual(JSON.parse(JSON.stringify(minifyContractRouter(router))))
})
