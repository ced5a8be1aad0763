import { writeFile } from 'node:fs/promises'
import { verifyPage } from './support/verify-page'

/** Writes public/verify.html, the offline verifier, from lib/evidence/page: `tsx scripts/verify-page.ts`. */
await writeFile('public/verify.html', await verifyPage())
