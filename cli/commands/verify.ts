import { open, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileSource } from '@/lib/evidence/file-source'
import { nativeDigests } from '@/lib/evidence/native-digests'
import type { Trust } from '@/lib/evidence/verify/history'
import { type Report, verifyBundle } from '@/lib/evidence/verify/verify'
import { asCosigner, NoteError, parseVerifierKey, type VerifierKey } from '@/lib/transparency/verifier-key'
import { exitCodes, usageFailure } from '../failure'
import { formatOption } from '../render/format'
import { jsonText } from '../render/json'
import { reportText } from '../render/verification'
import type { Terminal } from '../terminal'
import type { AddCommand } from '.'

interface VerifyOptions {
  key: string[]
  witness: string[]
  checkpoint?: string
  format: 'text' | 'json'
}

const several = (value: string, before: string[]) => [...before, value]

/** `verify FILE`: an evidence bundle, offline. */
export const addCommand: AddCommand = (program, terminal, end) => {
  program
    .command('verify')
    .description('Verify an evidence bundle. Needs no server and no network.')
    .argument('<file>', 'the bundle, a .zip')
    .option(
      '--key <public>',
      'key of the log (name+id+base64), or a file of such lines; may be given again',
      several,
      [],
    )
    .option('--witness <public>', 'key of a witness, or a file of such lines; may be given again', several, [])
    .option('--checkpoint <file>', 'a signed checkpoint that you kept: the log has to be a continuation of it')
    .addOption(formatOption('text', 'json'))
    .action(async (name: string, options: VerifyOptions) => {
      const trust: Trust = {
        keys: await keysIn(options.key, terminal),
        witnesses: (await keysIn(options.witness, terminal)).map(asCosigner),
        earlier: options.checkpoint === undefined ? null : await textOf(options.checkpoint, terminal),
      }
      const report = await verified(name, trust, terminal)
      terminal.print(options.format === 'json' ? jsonText(report) : reportText(report, terminal))
      end(report.intact ? exitCodes.done : exitCodes.refused)
    })
}

async function verified(name: string, trust: Trust, terminal: Terminal): Promise<Report> {
  const file = await reading(name, () => open(path.resolve(terminal.folder, name), 'r'))
  try {
    return await reading(name, async () =>
      verifyBundle(await fileSource(file), { trust, digests: nativeDigests, now: terminal.now() }),
    )
  } finally {
    await file.close()
  }
}

const textOf = (name: string, { folder }: Terminal) => reading(name, () => readFile(path.resolve(folder, name), 'utf8'))

/** Keys as they stand there, or the lines of files. */
async function keysIn(given: readonly string[], terminal: Terminal): Promise<VerifierKey[]> {
  const keys: VerifierKey[] = []
  for (const each of given) {
    const isKey = each.split('+').length >= 3
    const lines = isKey ? [each] : (await textOf(each, terminal)).split('\n')
    for (const line of lines.map((text) => text.trim()).filter((text) => text !== '')) keys.push(keyOf(line, each))
  }
  return keys
}

function keyOf(text: string, given: string): VerifierKey {
  try {
    return parseVerifierKey(text)
  } catch (error) {
    if (error instanceof NoteError)
      throw usageFailure(`${given}: ${error.message}.`, 'Copy the whole line that the log publishes.')
    throw error
  }
}

async function reading<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'syscall' in error)
      throw usageFailure(`${name} cannot be read (${String(error.code)}).`)
    throw error
  }
}
