import { Option } from 'commander'
import type { OutputOf } from '@/lib/http/client'
import { layers } from '@/lib/layers'
import { columns } from '../render/table'
import { connect } from '../server'
import type { Terminal } from '../terminal'
import type { AddCommand } from '.'

type Owners = OutputOf<'owners.get'>

/** `owners`: who answers for an agent on a tool, layer by layer. */
export const addCommand: AddCommand = (program, terminal) => {
  program
    .command('owners')
    .description('The five effective owners of an agent on a tool.')
    .requiredOption('--agent <slug>', 'the agent')
    .requiredOption('--tool <slug>', 'the tool')
    .option('--environment <name>', 'where the agent runs', 'production')
    .addOption(new Option('--format <format>', 'how to print').choices(['table', 'json']).default('table'))
    .action(async (options: { agent: string; tool: string; environment: string; format: string }) => {
      const { format, ...binding } = options
      const api = await connect(terminal)
      const { layers: owners } = await api('owners.get', binding)
      const json = () => `${JSON.stringify({ layers: owners }, null, 2)}\n`
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
