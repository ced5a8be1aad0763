import { Option } from 'commander'
import type { InputOf } from '@/lib/http/client'
import { type LayerId, layerIds } from '@/lib/layers'
import { usageFailure } from '../failure'
import { formatOption } from '../render/format'
import { jsonText } from '../render/json'
import { oneLine } from '../render/table'
import { connect, once } from '../server'
import type { AddCommand } from '.'

interface AssignOptions {
  layer: LayerId
  team: string
  person?: string
  organisation?: true
  agent?: string
  tool?: string
  point?: string
  environment?: string
  reason: string
  format: string
}
type Target = Pick<InputOf<'assignments.create'>['targets'][number], 'scope' | 'subject'>

/** `assign`: names the owner of a layer. */
export const addCommand: AddCommand = (program, terminal) => {
  program
    .command('assign')
    .description('Set the owner of a layer; the lead of the team then accepts or declines.')
    .addOption(new Option('--layer <layer>', 'the control layer').choices(layerIds).makeOptionMandatory())
    .requiredOption('--team <slug>', 'who owns it from now on')
    .option('--person <id>', 'who is accountable in the team')
    .option('--organisation', 'for the whole organisation')
    .option('--agent <slug>', 'for an agent; with --tool, for that agent on that tool alone')
    .option('--tool <slug>', 'for a tool')
    .option('--point <slug>', 'for an enforcement point')
    .option('--environment <name>', 'of the agent on the tool (production)')
    .requiredOption('--reason <text>', 'why')
    .addOption(formatOption('text', 'json'))
    .action(async (options: AssignOptions) => {
      const { layer, team, person, reason, format } = options
      const target = { layer, ...targetOf(options) }
      const api = await connect(terminal)
      const input = { targets: [target], team, reason, ...(person !== undefined && { person }) }
      const { assignments } = await api('assignments.create', input, once())
      if (format === 'json') return terminal.print(jsonText(assignments))
      for (const made of assignments) terminal.print(`${oneLine(`${made.name} → ${made.team.slug} (${made.state})`)}\n`)
    })
}

/** What the options name, exactly one thing. */
export function targetOf(
  options: Pick<AssignOptions, 'organisation' | 'agent' | 'tool' | 'point' | 'environment'>,
): Target {
  const { organisation, agent, tool, point, environment } = options
  const isBinding = agent !== undefined && tool !== undefined
  const named = [organisation, point, isBinding ? agent : (agent ?? tool)].filter((value) => value !== undefined)
  if (named.length !== 1) {
    throw usageFailure('Name one subject: --organisation, --agent, --tool, --point, or --agent with --tool.')
  }
  if (environment !== undefined && !isBinding) throw usageFailure('--environment goes with --agent and --tool.')
  if (isBinding) return { scope: 'binding', subject: `${agent}/${tool}@${environment ?? 'production'}` }
  if (agent !== undefined) return { scope: 'agent', subject: agent }
  if (tool !== undefined) return { scope: 'tool', subject: tool }
  if (point !== undefined) return { scope: 'enforcement_point', subject: point }
  return { scope: 'organisation' }
}
