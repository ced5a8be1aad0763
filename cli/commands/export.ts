import { open } from 'node:fs/promises'
import path from 'node:path'
import { Argument, Option } from 'commander'
import type { Api } from '@/lib/http/client'
import { usageFailure } from '../failure'
import { connect } from '../server'
import type { AddCommand } from '.'

/** Promised to scripts, and not kept by this version. */
const kindsToCome = ['matrix', 'gaps', 'assignments', 'certifications', 'audit']
const formats = ['yaml', 'json'] as const
type Format = (typeof formats)[number]

/** `export estate`: the registry as an estate file, written part by part however large it is. */
export const addCommand: AddCommand = (program, terminal) => {
  program
    .command('export')
    .description('Write the registry as an estate file. Imported where it came from, it changes nothing.')
    .addArgument(new Argument('<kind>', 'what to export').choices(['estate', ...kindsToCome]))
    .option('-o, --output <file>', 'write here instead of to the terminal')
    .addOption(new Option('--format <format>', 'how to write it').choices(formats).default('yaml'))
    .action(async (kind: string, options: { output?: string; format: Format }) => {
      if (kind !== 'estate')
        throw usageFailure(`Exporting ${kind} is not available yet.`, 'Use "list" with --format json or csv.')
      const api = await connect(terminal)
      if (options.output === undefined) return await eachPart(api, options.format, async (text) => terminal.print(text))
      // Opened after the first part has come: what cannot be exported leaves no empty file behind.
      let file: Awaited<ReturnType<typeof open>> | undefined
      const target = path.resolve(terminal.folder, options.output)
      try {
        await eachPart(api, options.format, async (text) => {
          file ??= await open(target, 'w')
          await file.write(text)
        })
      } finally {
        await file?.close()
      }
    })
}

async function eachPart(api: Api, format: Format, take: (text: string) => Promise<void>): Promise<void> {
  let cursor: string | null = null
  do {
    const part: { text: string; next: string | null } = await api('estate.export', {
      format,
      ...(cursor !== null && { cursor }),
    })
    await take(part.text)
    cursor = part.next
  } while (cursor !== null)
}
