import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Teardown } from './teardown'

export interface ToolResult {
  code: number
  output: string
}

export interface ToolOptions {
  env?: Record<string, string> | undefined
  /** Show what the tool says as it says it; otherwise it is only collected. */
  live?: boolean
}

/** Path of an installed package's program, as `node_modules/.bin` has it. */
export const bin = (name: string): string => path.resolve('node_modules', '.bin', name)

/** Runs a program to its end; a stop of the command ends the program too. */
export function runTool(
  teardown: Teardown,
  command: string,
  args: string[],
  { env, live = false }: ToolOptions = {},
): Promise<ToolResult> {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const output: string[] = []
  for (const [stream, shown] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output.push(text)
      if (live) shown.write(text)
    })
  }
  const ended = new Promise<ToolResult>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output: output.join('') }))
  })
  void teardown.hold(Promise.resolve(child), async () => {
    child.kill('SIGTERM')
    await ended.catch(() => undefined)
  })
  return ended
}

/** Path of a program that the machine has, if any of the names is one. */
export function findOnPath(names: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find((file) => existsSync(file))
}
