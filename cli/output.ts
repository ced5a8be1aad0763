import { open } from 'node:fs/promises'
import path from 'node:path'
import type { Terminal } from './terminal'

/**
 * Writes text part by part to a file, or to the terminal without one. The file is opened when the first part has come:
 * what cannot be had leaves no empty file behind.
 */
export async function writeParts(parts: AsyncIterable<string>, output: string | undefined, terminal: Terminal) {
  if (output === undefined) {
    for await (const part of parts) terminal.print(part)
    return
  }
  let file: Awaited<ReturnType<typeof open>> | undefined
  try {
    for await (const part of parts) {
      file ??= await open(path.resolve(terminal.folder, output), 'w')
      await file.write(part)
    }
  } finally {
    await file?.close()
  }
}

/** Items as the parts of one JSON array, one a line. */
export async function* jsonArray(pages: AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
  let separator = '['
  for await (const page of pages) {
    for (const item of page) {
      yield `${separator}\n${JSON.stringify(item)}`
      separator = ','
    }
  }
  yield separator === '[' ? '[]\n' : '\n]\n'
}
