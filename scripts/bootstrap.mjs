/**
 * Entry of every npm script: `node scripts/bootstrap.mjs COMMAND …` runs scripts/COMMAND.ts on a bare clone.
 * Runs on the Node that is at hand (20 or newer) and imports nothing from node_modules, for they may not be there.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { node, prepare, root } from './prepare.mjs'

const [command, ...args] = process.argv.slice(2)
const script = path.join(root, 'scripts', `${command}.ts`)
if (!command || !existsSync(script)) {
  console.error(`Usage: node scripts/bootstrap.mjs COMMAND …, where scripts/COMMAND.ts exists`)
  process.exit(2)
}

let child
/** Passes a signal on to the command. Before there is one, the bootstrap itself ends, and what it runs with it. */
function stop(signal) {
  if (child) child.kill(signal)
  else process.exit(130)
}
// Ctrl-C in a terminal reaches the command directly and through here; it takes the second signal for the first.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal))
// npm that is killed outright passes nothing on; its children then get another parent.
const parent = process.ppid
if (process.env.npm_lifecycle_event) setInterval(() => process.ppid === parent || stop('SIGTERM'), 500).unref()

Object.assign(process.env, { NEXT_TELEMETRY_DISABLED: '1', CHECKPOINT_DISABLE: '1' })
try {
  await prepare()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}

// The condition makes `server-only` importable outside Next; it must not reach child processes, so no NODE_OPTIONS.
child = spawn(node, ['--conditions=react-server', '--import', 'tsx', script, ...args], {
  cwd: root,
  // The channel closes when this process is killed outright, and the command then stops by itself.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}` },
})
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGKILL' ? 137 : 1)))
child.on('error', (error) => {
  console.error(`Cannot run ${node}: ${error.message}`)
  process.exit(1)
})
