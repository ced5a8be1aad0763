import { type Command, Option } from 'commander'
import type { InputOf } from '@/lib/http/client'
import { createCampaignInput } from '@/lib/recertification/campaigns/shapes'
import type { EndingAct } from '@/lib/recertification/stages/model'
import { previewText } from '../campaigns/ending'
import { reachText } from '../campaigns/reminding'
import { recordsCsv, reportJson, reportText } from '../campaigns/report'
import { statusText } from '../campaigns/status'
import { readDocument } from '../documents'
import { type ExitCode, exitCodes, usageFailure } from '../failure'
import { readFiles } from '../files'
import { writeParts } from '../output'
import { formatOption } from '../render/format'
import { jsonText } from '../render/json'
import { oneLine } from '../render/table'
import { connect, once } from '../server'
import type { Terminal } from '../terminal'
import type { AddCommand } from '.'
import { printList } from './list'

type End = (code: ExitCode) => void
type Print = { format: string }

/** `campaigns`: recertification from beginning to end. */
export const addCommand: AddCommand = (program, terminal, end) => {
  const campaigns = program.command('campaigns').description('Recertification campaigns.')
  addMaking(campaigns, terminal)
  addRunning(campaigns, terminal)
  addEnding(campaigns, terminal, end)
  addReport(campaigns, terminal, end)
}

interface CreateOptions extends Print {
  template?: string
  name?: string
  owner?: string
  start?: true
}

function addMaking(campaigns: Command, terminal: Terminal): void {
  campaigns
    .command('list')
    .description('All campaigns, the newest first.')
    .option('--state <states>', 'only in these states, separated by commas')
    .addOption(formatOption('table', 'json', 'csv'))
    .action(async (options: Print & { state?: string }) => {
      const filter = options.state === undefined ? {} : { state: options.state }
      await printList('campaigns', { filter, format: options.format }, terminal)
    })
  campaigns
    .command('create')
    .description(
      'Make a campaign from a template or a definition (YAML or JSON). Nobody is asked before it is started.',
    )
    .argument('[file]', 'the definition')
    .option('--template <slug>', 'the template it is made from')
    .option('--name <name>', 'what it is called')
    .option('--owner <id>', 'the person who owns it')
    .option('--start', 'start it at once')
    .addOption(formatOption('text', 'json'))
    .action(async (file: string | undefined, options: CreateOptions) => {
      const input = await newCampaign(file, options, terminal)
      const api = await connect(terminal)
      const made = await api('campaigns.create', input, once())
      const saved = options.start ? await api('campaigns.start', { slug: made.slug }, once()) : made
      terminal.print(options.format === 'json' ? jsonText(saved) : `${saved.slug} (${saved.state})\n`)
    })
  campaigns
    .command('start')
    .description('Take the picture and ask the reviewers.')
    .argument('<campaign>', 'its slug')
    .addOption(formatOption('text', 'json'))
    .action(async (slug: string, options: Print) => {
      const saved = await (await connect(terminal))('campaigns.start', { slug }, once())
      terminal.print(options.format === 'json' ? jsonText(saved) : `${saved.slug} (${saved.state})\n`)
    })
}

async function newCampaign(
  file: string | undefined,
  { template, name, owner }: CreateOptions,
  terminal: Terminal,
): Promise<InputOf<'campaigns.create'>> {
  const given = { ...(template && { template }), ...(name && { name }), ...(owner && { owner }) }
  if (file === undefined) {
    if (template === undefined) throw usageFailure('Name a template or a file.', 'Use --template, or give a file.')
    return given
  }
  const [read] = await readFiles(terminal.folder, [file], () => false)
  if (!read) throw usageFailure(`${file} is a folder.`)
  return { ...readDocument(read, createCampaignInput).value, ...given }
}

function addRunning(campaigns: Command, terminal: Terminal): void {
  campaigns
    .command('status')
    .description('How far a campaign is, and who is still asked.')
    .argument('<campaign>', 'its slug')
    .addOption(formatOption('text', 'json'))
    .action(async (slug: string, options: Print) => {
      const api = await connect(terminal)
      const campaign = await api('campaigns.get', { slug })
      const progress = await api('campaigns.progress', { slug })
      terminal.print(
        options.format === 'json' ? jsonText({ ...campaign, ...progress }) : statusText(campaign, progress, terminal),
      )
    })
  campaigns
    .command('remind')
    .description('Remind those who have not answered, with their next mail.')
    .argument('<campaign>', 'its slug')
    .option('--person <id>', 'only this person')
    .option('--preview', 'only show whom it would reach')
    .addOption(formatOption('text', 'json'))
    .action(async (slug: string, options: Print & { person?: string; preview?: true }) => {
      const api = await connect(terminal)
      const whom = { slug, ...(options.person && { person: options.person }) }
      if (options.preview) {
        const reach = await api('campaigns.remindPreview', whom)
        terminal.print(options.format === 'json' ? jsonText(reach) : reachText(reach, terminal))
        return
      }
      const told = await api('campaigns.remind', whom, once())
      const later = told.tomorrow > 0 ? `, ${told.tomorrow} of them tomorrow: they had a mail today` : ''
      terminal.print(options.format === 'json' ? jsonText(told) : `${told.reminded} reminded${later}\n`)
    })
  campaigns
    .command('extend')
    .description('Give the present stage more time.')
    .argument('<campaign>', 'its slug')
    .requiredOption('--until <date>', 'the new last day, such as 2026-12-31')
    .requiredOption('--reason <text>', 'why')
    .addOption(formatOption('text', 'json'))
    .action(async (slug: string, options: Print & { until: string; reason: string }) => {
      const api = await connect(terminal)
      const saved = await api('campaigns.extend', { slug, dueOn: options.until, reason: options.reason }, once())
      terminal.print(options.format === 'json' ? jsonText(saved) : `${slug} is due on ${options.until}\n`)
    })
}

const endings = [
  ['end-stage', 'end_stage', 'End the present stage now'],
  ['close', 'close', 'Close a campaign whose stages are over: apply what was decided'],
  ['stop', 'stop', 'Stop a campaign: nothing that was decided is applied'],
] as const satisfies readonly (readonly [string, EndingAct, string])[]

function addEnding(campaigns: Command, terminal: Terminal, end: End): void {
  for (const [name, act, description] of endings)
    campaigns
      .command(name)
      .description(`${description}. Shows what that changes; with --yes, does it.`)
      .argument('<campaign>', 'its slug')
      .option('--yes', 'do it')
      .option('--reason <text>', 'why')
      .addOption(formatOption('text', 'json'))
      .action(async (slug: string, options: Print & { yes?: true; reason?: string }) => {
        const { reason } = options
        if (act === 'stop' && options.yes && reason === undefined)
          throw usageFailure('Stopping needs a reason.', 'Say why with --reason.')
        const api = await connect(terminal)
        const preview = await api('campaigns.endPreview', { slug, act })
        const isJson = options.format === 'json'
        if (!options.yes) {
          terminal.print(isJson ? jsonText({ done: false, preview }) : previewText(act, slug, preview, terminal))
          if (preview.can === true) terminal.complain('Nothing was done. Add --yes to do it.')
          return end(exitCodes.refused)
        }
        const saved =
          act === 'stop'
            ? await api('campaigns.stop', { slug, reason: reason ?? '' }, once())
            : await api(
                act === 'close' ? 'campaigns.close' : 'campaigns.endStage',
                { slug, ...(reason && { reason }) },
                once(),
              )
        terminal.print(isJson ? jsonText({ done: true, preview, campaign: saved }) : `${slug} (${saved.state})\n`)
      })
}

interface ReportOptions extends Print {
  rows: 'items' | 'decisions'
  output?: string
  verify?: true
}

function addReport(campaigns: Command, terminal: Terminal, end: End): void {
  campaigns
    .command('report')
    .description('The record of a campaign: in short, as CSV of its items or decisions, or all of it as JSON.')
    .argument('<campaign>', 'its slug')
    .addOption(formatOption('text', 'json', 'csv'))
    .addOption(new Option('--rows <rows>', 'what a row of the CSV is').choices(['items', 'decisions']).default('items'))
    .option('-o, --output <file>', 'write here instead of to the terminal')
    .option('--verify', 'only say whether the record still is what was signed; ends with 1 when it is not')
    .action(async (slug: string, options: ReportOptions) => {
      const api = await connect(terminal)
      if (options.verify) {
        const verdict = await api('campaigns.verify', { slug })
        const words = verdict.matches ? 'is as it was signed' : 'was altered after it was signed'
        const text = `The record ${words} by ${oneLine(verdict.signed.by)} at ${verdict.signed.at}: sha256 ${verdict.found}\n`
        terminal.print(options.format === 'json' ? jsonText(verdict) : text)
        return end(verdict.matches ? exitCodes.done : exitCodes.refused)
      }
      const parts = {
        json: () => reportJson(api, slug),
        csv: () => recordsCsv(api, slug, options.rows),
        text: async function* () {
          yield reportText(await api('campaigns.report', { slug }), terminal)
        },
      }
      const part = options.format === 'json' ? parts.json : options.format === 'csv' ? parts.csv : parts.text
      await writeParts(part(), options.output, terminal)
    })
}
