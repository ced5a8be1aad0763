import { InvalidArgumentError } from 'commander'
import { z } from 'zod'
import type { GapLine } from '@/lib/exporters/sarif/gap-line'
import { sarifLog } from '@/lib/exporters/sarif/log'
import { gapStates, gapSubjectTypes, severities } from '@/lib/gaps/model'
import { layerIds } from '@/lib/layers'
import { withAsOf } from '../as-of'
import { type FindingFormat, findingFormatOption, gapTable } from '../findings'
import { allRows } from '../pages'
import { jsonText } from '../render/json'
import { connectUntyped } from '../server'
import type { AddCommand } from '.'

/** Takes from a gap of the API what is promised to scripts, and nothing else. */
const gapLineSchema: z.ZodType<GapLine> = z.object({
  id: z.string(),
  rule: z.string(),
  layer: z.enum(layerIds).nullable(),
  point: z
    .object({ slug: z.string() })
    .nullable()
    .transform((point) => point?.slug ?? null),
  severity: z.enum(severities),
  state: z.enum(gapStates),
  subject: z.object({ type: z.enum(gapSubjectTypes), slug: z.string() }),
  affected: z.number(),
  since: z.string(),
  explanation: z.string(),
})

/** `gaps`: what the rules find wrong on the server. */
export const addCommand: AddCommand = (program, terminal) => {
  withAsOf(program.command('gaps'))
    .description('The gaps there are; without --state, those that are not resolved.')
    .option('--rule <ids>', 'only of these rules, separated by commas')
    .option('--state <states>', `only in these states, separated by commas: ${gapStates.join(', ')}`, statesIn)
    .addOption(findingFormatOption())
    .action(async (options: { rule?: string; state?: string; format: FindingFormat; asOf?: string }) => {
      const { format, asOf, ...filter } = options
      const rows = await allRows(await connectUntyped(terminal, asOf), 'gaps.list', filter)
      const gaps = z.array(gapLineSchema).parse(rows)
      if (format === 'json') terminal.print(jsonText(gaps))
      else if (format === 'sarif') terminal.print(jsonText(sarifLog(gaps)))
      else terminal.print(gaps.length > 0 ? gapTable(gaps, terminal) : 'No gaps.\n')
    })
}

function statesIn(text: string): string {
  const unknown = text.split(',').find((state) => !gapStates.some((known) => known === state))
  if (unknown === undefined) return text
  throw new InvalidArgumentError(`Allowed choices are ${gapStates.join(', ')}.`)
}
