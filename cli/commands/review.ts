import type { Command } from 'commander'
import { z } from 'zod'
import { ApiProblem, type InputOf } from '@/lib/http/client'
import { verdicts } from '@/lib/recertification/model'
import { decideInput } from '@/lib/recertification/reviews/model'
import { type DecisionFile, readDecisions } from '../decisions'
import { fileFailure } from '../documents'
import { CliFailure, exitCodes, usageFailure } from '../failure'
import { readFiles } from '../files'
import { allRows } from '../pages'
import { formatOption } from '../render/format'
import { jsonText } from '../render/json'
import { columns } from '../render/table'
import { connect, connectUntyped, once } from '../server'
import type { Terminal } from '../terminal'
import type { AddCommand } from '.'

type Decision = InputOf<'reviews.decide'>['decisions'][number]

/** `review`: what you are asked about, and your answers. */
export const addCommand: AddCommand = (program, terminal) => {
  const review = program.command('review').description('What you are asked to review, and your answers.')
  addList(review, terminal)
  addDecide(review, terminal)
}

/** What the table shows of an item; the JSON has all of it. */
const lineSchema = z.object({
  id: z.string(),
  subject: z.string(),
  risk: z.string(),
  standing: z.string(),
  campaign: z.object({ slug: z.string() }),
  outcome: z.string().nullable(),
  recommendation: z.object({ verdict: z.string().nullable() }).loose(),
  asked: z.object({ dueAt: z.string() }).nullable(),
})

function addList(review: Command, terminal: Terminal): void {
  review
    .command('list')
    .description('The items you are asked about.')
    .option('--campaign <slug>', 'only of this campaign')
    .option('--state <state>', 'open unless told', 'open')
    .option('--risk <risks>', 'only at these risks, separated by commas')
    .addOption(formatOption('table', 'json'))
    .action(async ({ format: how, ...filter }: Record<string, string>) => {
      const rows = await allRows(await connectUntyped(terminal), 'reviews.list', filter)
      if (how === 'json') return terminal.print(jsonText(rows))
      const lines = z.array(lineSchema).parse(rows)
      const table = columns(
        ['ITEM', 'RISK', 'SINCE LAST', 'SUBJECT', 'ANSWER', 'DUE', 'CAMPAIGN'],
        lines.map(({ id, risk, standing, subject, outcome, asked, campaign }) => [
          id,
          risk,
          standing,
          subject,
          outcome ?? '-',
          asked?.dueAt.slice(0, 10) ?? '-',
          campaign.slug,
        ]),
        terminal,
      )
      terminal.print(lines.length > 0 ? table : 'Nothing waits for you.\n')
    })
}

interface DecideOptions {
  comment?: string
  toTeam?: string
  toPerson?: string
  until?: string
  file?: string
  dryRun?: true
  format: string
}

function addDecide(review: Command, terminal: Terminal): void {
  review
    .command('decide')
    .description('Answer an item, or with --file many: all of them or, with any error, none.')
    .argument('[item]', 'its id')
    .argument('[verdict]', verdicts.join(', '))
    .option('--comment <text>', 'why; needed at high and critical risk, and to revoke or reassign')
    .option('--to-team <slug>', 'with reassign: the team that is asked to accept')
    .option('--to-person <id>', 'with reassign: who is to be accountable there')
    .option('--until <date>', 'with defer: the day on which it comes back')
    .option('--file <file>', 'CSV (item, verdict, comment, to_team, to_person, defer_until), YAML or JSON')
    .option('--dry-run', 'check the answers against what waits for you, and send nothing')
    .addOption(formatOption('text', 'json'))
    .action(async (item: string | undefined, verdict: string | undefined, options: DecideOptions) => {
      const answers = await answersOf(item, verdict, options, terminal)
      if (options.dryRun) return await check(answers, options, terminal)
      const done = await send(answers, terminal)
      const text = `${done.decided} answered · ${done.open} still open for you · batch ${done.batch}\n`
      terminal.print(options.format === 'json' ? jsonText(done) : text)
    })
}

/** The answers of the file, or the one of the options; `null` lines for the latter. */
async function answersOf(
  item: string | undefined,
  verdict: string | undefined,
  { file, comment, toTeam, toPerson, until }: DecideOptions,
  terminal: Terminal,
): Promise<DecisionFile> {
  if (file !== undefined) {
    if (item !== undefined) throw usageFailure('Name an item or a file, not both.')
    const [read] = await readFiles(terminal.folder, [file], () => false)
    if (!read) throw usageFailure(`${file} is a folder.`)
    return readDecisions(read)
  }
  if (item === undefined || verdict === undefined) throw usageFailure('Name an item and a verdict, or a file.')
  const decision = {
    item,
    verdict,
    ...(comment !== undefined && { comment }),
    ...(toTeam !== undefined && { toTeam }),
    ...(toPerson !== undefined && { toPerson }),
    ...(until !== undefined && { deferUntil: until }),
  }
  const parsed = decideInput.safeParse({ decisions: [decision] })
  if (parsed.success) return { name: null, decisions: parsed.data.decisions, lineOf: () => null }
  const [issue] = parsed.error.issues
  throw usageFailure(`${issue?.path.at(-1)?.toString() ?? 'item'}: ${issue?.message ?? 'not valid'}`)
}

async function send({ name, decisions, lineOf }: DecisionFile, terminal: Terminal) {
  const api = await connect(terminal)
  try {
    return await api('reviews.decide', { decisions }, once())
  } catch (error) {
    if (name === null || !(error instanceof ApiProblem) || error.problem.errors.length === 0) throw error
    // What the server finds wrong with the seventh answer is on the line of the seventh answer.
    throw fileFailure(
      error.problem.errors.map(({ field, message }) => ({
        file: name,
        line: lineOf(Number(/^decisions\[(\d+)\]/.exec(field)?.[1] ?? 0)),
        field: field.replace(/^decisions\[\d+\]\.?/, '') || null,
        message,
      })),
    )
  }
}

async function check({ name, decisions, lineOf }: DecisionFile, options: DecideOptions, terminal: Terminal) {
  const rows = await allRows(await connectUntyped(terminal), 'reviews.list', { state: 'open' })
  const open = new Set(
    z
      .array(z.object({ id: z.string() }))
      .parse(rows)
      .map(({ id }) => id),
  )
  const wrong = decisions.flatMap(({ item }: Decision, index) => (open.has(item) ? [] : [{ item, index }]))
  const message = 'Does not wait for you: it is answered, over, or somebody else’s'
  if (wrong.length > 0 && name !== null)
    throw fileFailure(wrong.map(({ index }) => ({ file: name, line: lineOf(index), field: 'item', message })))
  if (wrong.length > 0) throw new CliFailure(exitCodes.refused, `${message}.`)
  const would = { wouldDecide: decisions.length }
  terminal.print(
    options.format === 'json'
      ? `${JSON.stringify(would)}\n`
      : `${decisions.length} could be answered so; nothing was sent.\n`,
  )
}
