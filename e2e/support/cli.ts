import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { baseUrl, commandLineToken } from './accounts'

/** Runs the command line as its own process against the app under test. */
export async function pentarch(args: readonly string[], token = commandLineToken()) {
  const child = spawn(process.execPath, ['cli/pentarch.mjs', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PENTARCH_URL: baseUrl(), PENTARCH_TOKEN: token },
  })
  const [stdout, stderr, [code]] = await Promise.all([
    child.stdout.setEncoding('utf8').toArray(),
    child.stderr.setEncoding('utf8').toArray(),
    once(child, 'close'),
  ])
  return { code, stdout: stdout.join(''), stderr: stderr.join('') }
}
