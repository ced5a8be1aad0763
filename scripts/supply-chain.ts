import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { readAudit } from './support/supply-chain/audit'
import { holesIn } from './support/supply-chain/known-holes'
import { licenceProblems } from './support/supply-chain/licences'
import { packagesIn, pinProblems } from './support/supply-chain/lock-file'

/**
 * What the product is made of that others wrote: no framework with a known hole, exact versions, licences that were looked
 * at, and nothing that `npm audit` knows of without a reason. A part of `npm run check`.
 */
const packages = packagesIn(readFileSync('package-lock.json', 'utf8'))

/** The licence in a package's own files, for those whose lock file entry does not have it. */
function licenceOf(name: string): string | undefined {
  const file = `node_modules/${name}/package.json`
  if (!existsSync(file)) return undefined
  const { license, licenses }: { license?: unknown; licenses?: unknown } = JSON.parse(readFileSync(file, 'utf8'))
  const [first] = Array.isArray(licenses) ? licenses : [license]
  const said: unknown = first instanceof Object && 'type' in first ? first.type : first
  return typeof said === 'string' ? said : undefined
}

const audit = spawnSync('npm', ['audit', '--omit=dev', '--json', '--fetch-retries=0', '--fetch-timeout=20000'], {
  encoding: 'utf8',
  timeout: 60_000,
  shell: process.platform === 'win32',
})
const verdict = readAudit(audit.stdout ?? '', new Date().toISOString().slice(0, 10))
const problems = [
  ...holesIn(packages),
  ...pinProblems(readFileSync('package.json', 'utf8'), packages),
  ...licenceProblems(packages, licenceOf),
  ...verdict.problems,
]
for (const problem of problems) console.error(problem)
if (verdict.note) console.log(`npm audit: ${verdict.note}`)
process.exitCode = problems.length > 0 ? 1 : 0
