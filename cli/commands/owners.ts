import type { OutputOf } from '@/lib/http/client'
import { layers } from '@/lib/layers'
import { withAsOf } from '../as-of'
import { formatOption } from '../render/format'
import { jsonText } from '../render/json'
import { columns } from '../render/table'
import { connect } from '../server'
import type { Terminal } from '../terminal'
import type { AddCommand } from '.'

type Owners = OutputOf<'owners.get'>
type Known = OutputOf<'history.owners'>

interface OwnersOptions {
  agent: string
  tool: string
  environment: string
  format: string
  asOf?: string
  knownAt?: string
}

/** `owners`: who answers for an agent on a tool, layer by layer. */
export const addCommand: AddCommand = (program, terminal) => {
  withAsOf(program.command('owners'))
    .description('The five effective owners of an agent on a tool.')
    .requiredOption('--agent <slug>', 'the agent')
    .requiredOption('--tool <slug>', 'the tool')
    .option('--environment <name>', 'where the agent runs', 'production')
    .option('--known-at <instant>', 'by what was recorded at this instant, which may be later than --as-of')
    .addOption(formatOption('table', 'json'))
    .action(async (options: OwnersOptions) => {
      const { format, asOf, knownAt, ...binding } = options
      if (knownAt !== undefined) {
        const api = await connect(terminal)
        const known = await api('history.owners', { ...binding, at: asOf, knownAt })
        terminal.print(format === 'json' ? jsonText(known) : knownTable(known, terminal))
        return
      }
      const api = await connect(terminal, asOf)
      const { layers: owners } = await api('owners.get', binding)
      const json = () => jsonText({ layers: owners })
      terminal.print(format === 'json' ? json() : table(owners, terminal))
    })
}

function table(owners: Owners['layers'], terminal: Terminal): string {
  return columns(
    ['LAYER', 'TEAM', 'PERSON', 'FROM', 'STATE', 'SINCE'],
    layers.map(({ id }) => {
      const owner = owners[id]
      if (!owner || owner.team === null) return [id, { text: 'nobody', style: 'red' }, '-', '-', 'unowned', '-']
      return [id, owner.team, owner.person ?? '-', owner.assignment ?? '-', stateOf(owner), owner.since ?? '-']
    }),
    terminal,
  )
}

function stateOf({ credible, confirmed }: { credible: boolean; confirmed: boolean }): string {
  if (!credible) return 'orphaned'
  return confirmed ? 'confirmed' : 'unconfirmed'
}

/** The owners by what was recorded at another instant; `*` marks where something else was recorded at the instant itself. */
function knownTable({ layers: known }: Known, terminal: Terminal): string {
  const table = columns(
    ['LAYER', '', 'TEAM', 'PERSON', 'FROM', 'VALID FROM', 'RECORDED'],
    known.map(({ layer, owner, differs }) => {
      const mark = differs ? '*' : ''
      if (owner === null) return [layer, mark, { text: 'nobody', style: 'red' }, '-', '-', '-', '-']
      const { team, person, assignment, validFrom, recordedAt } = owner
      return [layer, mark, team.slug, person?.externalId ?? '-', assignment, validFrom, recordedAt]
    }),
    terminal,
  )
  return known.some(({ differs }) => differs) ? `${table}* not what was recorded at the instant itself\n` : table
}
