import { open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Terminal } from './terminal'

/**
 * Writes text part by part to a file, or to the terminal without one. A file gets its name when it is whole: what cannot
 * be had, or breaks off, leaves nothing behind and what was there before as it was.
 */
export async function writeParts(
  parts: AsyncIterable<string | Uint8Array>,
  output: string | undefined,
  terminal: Terminal,
): Promise<void> {
  if (output === undefined) {
    const decoder = new TextDecoder()
    for await (const part of parts)
      terminal.print(typeof part === 'string' ? part : decoder.decode(part, { stream: true }))
    return
  }
  const target = path.resolve(terminal.folder, output)
  const unfinished = `${target}.${process.pid}.part`
  let file: Awaited<ReturnType<typeof open>> | undefined
  try {
    for await (const part of parts) {
      // Opened when the first part has come.
      file ??= await open(unfinished, 'w')
      await file.write(typeof part === 'string' ? Buffer.from(part) : part)
    }
    await file?.close()
    if (file) await rename(unfinished, target)
  } catch (error) {
    await file?.close().catch(() => undefined)
    await rm(unfinished, { force: true })
    throw error
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
