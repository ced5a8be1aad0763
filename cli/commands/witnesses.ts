import type { Command } from 'commander'
import type { InputOf, OutputOf } from '@/lib/http/client'
import { usageFailure } from '../failure'
import { formatOption } from '../render/format'
import { jsonText } from '../render/json'
import { columns } from '../render/table'
import { connect, once } from '../server'
import type { Terminal } from '../terminal'
import type { AddCommand } from '.'

type Witness = OutputOf<'log.get'>['witnesses'][number]

/** `witnesses`: who keeps or cosigns the checkpoints of the log. */
export const addCommand: AddCommand = (program, terminal) => {
  const witnesses = program
    .command('witnesses')
    .description('Who keeps or cosigns the checkpoints of the transparency log.')
  addListing(witnesses, terminal)
  addAdding(witnesses, terminal)
  witnesses
    .command('remove')
    .description('Tell it of no more checkpoints; what it has and what it signed stays.')
    .argument('<witness>', 'its name, or its id where two have one name')
    .action(async (called: string) => {
      const api = await connect(terminal)
      const { witnesses: all } = await api('log.get', {})
      const found = all.filter(({ id, name }) => id === called || name === called)
      const [witness] = found
      if (!witness) throw usageFailure(`There is no witness "${called}".`, 'See: pentarch witnesses list')
      if (found.length > 1) throw usageFailure(`Several witnesses are called "${called}".`, 'Give the id of one.')
      await api('log.removeWitness', { id: witness.id }, once())
      terminal.print(`${witness.name} is removed\n`)
    })
}

function addListing(witnesses: Command, terminal: Terminal): void {
  witnesses
    .command('list')
    .description('All witnesses, how they are told, of what size, and what went wrong.')
    .addOption(formatOption('text', 'json'))
    .action(async (options: { format: string }) => {
      const { witnesses: rows } = await (await connect(terminal))('log.get', {})
      if (options.format === 'json') return terminal.print(jsonText(rows))
      const head = ['WITNESS', 'KIND', 'TOLD BY', 'TOLD OF', 'PROBLEM']
      terminal.print(rows.length === 0 ? 'No witnesses.\n' : columns(head, rows.map(rowOf), terminal))
    })
}

const rowOf = ({ name, verifierKey, webhook, email, repository, branch, toldSize, problem }: Witness): string[] => [
  name,
  verifierKey === null ? 'keeps copies' : 'cosigns',
  [webhook, email, repository && `${repository}#${branch}`].filter(Boolean).join(', ') || 'fetches by itself',
  String(toldSize),
  problem ?? '',
]

type AddOptions = Pick<InputOf<'log.addWitness'>, 'webhook' | 'email' | 'repository' | 'branch' | 'user' | 'name'> & {
  key?: string
  format: string
}

function addAdding(witnesses: Command, terminal: Terminal): void {
  witnesses
    .command('add')
    .description('Name a witness: one that cosigns (--key), a git repository (--repository), or whoever keeps copies.')
    .option('--key <public>', 'its public key, whose name it goes by: name+keyid+base64')
    .option('--name <name>', 'what it is called, when it has no key')
    .option('--webhook <url>', 'where each new checkpoint is posted')
    .option('--email <address>', 'where each new checkpoint is mailed')
    .option('--repository <url>', 'where each is pushed; its token is read from PENTARCH_WITNESS_TOKEN')
    .option('--branch <branch>', 'the branch that is pushed to (default: main)')
    .option('--user <name>', 'user name for the repository (default: git)')
    .addOption(formatOption('text', 'json'))
    .action(async ({ key, format: as, ...options }: AddOptions) => {
      const token = options.repository === undefined ? undefined : terminal.env.PENTARCH_WITNESS_TOKEN
      const input = { ...options, ...(key && { verifierKey: key }), ...(token && { token }) }
      const added = await (await connect(terminal))('log.addWitness', input, once())
      terminal.print(as === 'json' ? jsonText(added) : `${added.name} is added\n`)
    })
}
