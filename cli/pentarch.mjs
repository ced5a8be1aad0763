#!/usr/bin/env node
/**
 * Entry of `pentarch`: runs cli/main.ts on the Node that the packages bring, itself when it is new enough.
 * Plain JavaScript without imports from node_modules until they are known to be there.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const nodeMajorMin = 24

const bundledNode = path.join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')
const isNewEnough = Number.parseInt(process.versions.node, 10) >= nodeMajorMin

if (!isNewEnough && existsSync(bundledNode)) runOn(bundledNode)
else await runHere()

async function runHere() {
  const tsx = await import('tsx/esm/api').catch(() => undefined)
  if (!tsx) {
    console.error(`The packages of Pentarch are not installed. Run "npm ci" in ${root}.`)
    process.exit(3)
  }
  tsx.register({ tsconfig: path.join(root, 'tsconfig.json') })
  const { main } = await import('./main.ts')
  // Whoever reads the output may stop before its end, as `head` does.
  process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 3))
  // Not process.exit: what is still on its way to a pipe would be cut off.
  process.exitCode = await main(process.argv.slice(2))
}

function runOn(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  // Ctrl-C in a terminal reaches both; this one stays to pass on how the other ended.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code) => process.exit(code ?? 1))
  child.on('error', (error) => {
    console.error(`Cannot run ${node}: ${error.message}`)
    process.exit(3)
  })
}
