import { Option } from 'commander'
import { type BundleDatasetName, bundleDatasets } from '@/lib/evidence/names'
import { readInstant } from '@/lib/history/model'
import { urls } from '@/lib/urls'
import { usageFailure } from '../failure'
import { fetchFile } from '../fetch-export'
import { collectFilter } from '../filters'
import { writeParts } from '../output'
import { connect } from '../server'
import type { AddCommand } from '.'

interface BundleOptions {
  output: string
  dataset: BundleDatasetName[]
  filter: Record<string, string>
  asOf?: string
  from?: string
  to?: string
  sinceCheckpoint?: number
}

const isDataset = (name: string): name is BundleDatasetName => bundleDatasets.some((each) => each === name)

function collectDataset(name: string, before: BundleDatasetName[]): BundleDatasetName[] {
  if (isDataset(name)) return [...before, name]
  throw usageFailure(`There is no dataset "${name}" in bundles.`, `There are ${bundleDatasets.join(', ')}.`)
}

function sizeOf(text: string): number {
  const size = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(size)) return size
  throw usageFailure(`"${text}" is not the size of a checkpoint.`, 'It is the second line of it.')
}

/** An instant, or a day for its end. */
function instantOf(text: string, now: Date): string {
  const instant = readInstant(text, now)
  if (instant) return instant.toISOString()
  throw usageFailure(`"${text}" is no instant.`, 'Write it as 2026-03-03T14:00:00Z, or a day as 2026-03-03.')
}

/** `bundle`: an evidence bundle, which `verify` checks without a server. */
export const addCommand: AddCommand = (program, terminal) => {
  program
    .command('bundle')
    .description('Take an evidence bundle: rows, the events they rest on, and the proofs of both.')
    .requiredOption('-o, --output <file>', 'where to write it, a .zip')
    .option(
      '--dataset <name>',
      'matrix, gaps, assignments or certifications; may be repeated, all when absent',
      collectDataset,
      [],
    )
    .option(
      '--filter <key=value>',
      'narrow the rows, as the list of each dataset does; may be repeated',
      collectFilter,
      {},
    )
    .option(
      '--as-of <instant>',
      'the state recorded last at or before it (2026-03-03T14:00:00Z); the newest when absent',
    )
    .option('--from <instant>', 'with --to: all events of this period as well')
    .option('--to <instant>', 'until before it')
    .addOption(
      new Option(
        '--since-checkpoint <size>',
        'prove that the log only grew since the checkpoint of this size',
      ).argParser(sizeOf),
    )
    .action(async ({ output, dataset, from, to, asOf, sinceCheckpoint, filter }: BundleOptions) => {
      if ((from === undefined) !== (to === undefined)) throw usageFailure('Give both --from and --to, or neither.')
      const api = await connect(terminal)
      const made = await api('bundles.make', {
        ...(dataset.length > 0 && { datasets: dataset }),
        filter,
        ...(asOf !== undefined && { asOf: instantOf(asOf, terminal.now()) }),
        ...(from !== undefined &&
          to !== undefined && {
            period: { from: instantOf(from, terminal.now()), to: instantOf(to, terminal.now()) },
          }),
        ...(sinceCheckpoint !== undefined && { since: sinceCheckpoint }),
      })
      await writeParts(fetchFile(terminal, urls.bundleFile(made.id)), output, terminal)
      terminal.complain(`State of ${made.asOf}, in a log of ${made.checkpoint} events.`)
    })
}
