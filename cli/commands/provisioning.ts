import type { Command } from 'commander'
import type { OutputOf } from '@/lib/http/client'
import { usageFailure } from '../failure'
import { formatOption } from '../render/format'
import { jsonText } from '../render/json'
import { columns } from '../render/table'
import { connect, once } from '../server'
import type { Terminal } from '../terminal'
import type { AddCommand } from '.'

type Held = OutputOf<'provisioning.held'>['rows'][number]

const pageMax = 200

/** All departures that wait, page by page. */
async function allHeld(terminal: Terminal): Promise<Held[]> {
  const api = await connect(terminal)
  const held: Held[] = []
  let cursor: string | null = null
  do {
    const page: OutputOf<'provisioning.held'> = await api('provisioning.held', {
      limit: pageMax,
      ...(cursor !== null && { cursor }),
    })
    held.push(...page.rows)
    cursor = page.next
  } while (cursor !== null)
  return held
}

/** `provisioning`: departures that an identity provider tells of, held because too many left at once. */
export const addCommand: AddCommand = (program, terminal) => {
  const provisioning = program
    .command('provisioning')
    .description('People whom an identity provider brings by SCIM, and departures that are held.')
  provisioning
    .command('held')
    .description('Who is held, and since when.')
    .addOption(formatOption('text', 'json'))
    .action(async ({ format }: { format: string }) => {
      const held = await allHeld(terminal)
      if (format === 'json') return terminal.print(jsonText(held))
      const rows = held.map(({ person, kind, at }) => [person.externalId, person.name, kind, at])
      terminal.print(
        held.length === 0 ? 'Nobody is held.\n' : columns(['PERSON', 'NAME', 'HOW', 'SINCE'], rows, terminal),
      )
    })
  for (const [name, description] of [
    ['confirm', 'They have left: what they own is orphaned.'],
    ['dismiss', 'The feed was wrong: they stay.'],
  ] as const)
    addDecision(provisioning.command(name).description(description), name, terminal)
}

/** At most this many are decided in one event. */
const decidedMax = 1000

function addDecision(command: Command, decision: 'confirm' | 'dismiss', terminal: Terminal): void {
  command
    .argument('[people...]', 'external ids of people')
    .option('--all', 'everybody who is held')
    .requiredOption('--reason <reason>', 'why; kept in the audit log')
    .action(async (people: string[], { all = false, reason }: { all?: boolean; reason: string }) => {
      if (all === people.length > 0) throw usageFailure('Say who.', 'Name people, or use --all.')
      const held = await allHeld(terminal)
      const known = new Set(held.map(({ person }) => person.externalId))
      const unknown = people.find((name) => !known.has(name))
      if (unknown !== undefined) throw usageFailure(`${unknown} is not held.`, 'See pentarch provisioning held.')
      const ids = held.filter(({ person }) => all || people.includes(person.externalId)).map(({ id }) => id)
      const api = await connect(terminal)
      const operation = decision === 'confirm' ? 'provisioning.confirmHeld' : 'provisioning.dismissHeld'
      for (let at = 0; at < ids.length; at += decidedMax)
        await api(operation, { ids: ids.slice(at, at + decidedMax), reason }, once())
      terminal.print(`${ids.length} ${decision === 'confirm' ? 'confirmed' : 'dismissed'}\n`)
    })
}
