import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { OutputOf } from '@/lib/http/client'
import type { NamedChange } from '@/lib/whatif/model'
import { usageFailure } from '../failure'
import { severityStyles } from '../findings'
import { formatOption } from '../render/format'
import { jsonText } from '../render/json'
import { columns, oneLine } from '../render/table'
import { connect } from '../server'
import type { Terminal } from '../terminal'
import type { AddCommand } from '.'

type Answer = OutputOf<'whatif.preview'>

interface WhatIfOptions {
  dissolveTeam?: string
  personLeaves?: string
  retireAgent?: string
  moveFrom?: string
  to?: string
  tool?: string[]
  plan?: string
  format: string
}

/** `whatif`: what a change would come to, before it is made. */
export const addCommand: AddCommand = (program, terminal) => {
  program
    .command('whatif')
    .description('The owners that would change, and the gaps that would open and close. Writes nothing to the server.')
    .option('--dissolve-team <slug>', 'the team is dissolved')
    .option('--person-leaves <id>', 'the person leaves')
    .option('--retire-agent <slug>', 'the agent is retired')
    .option('--move-from <team>', 'what this team owns moves …')
    .option('--to <team>', '… to this one')
    .option('--tool <slug...>', 'with --move-from: only what it owns of these tools')
    .option('--plan <file>', 'write the change as an estate file that does it when imported')
    .addOption(formatOption('text', 'json'))
    .action(async (options: WhatIfOptions) => {
      const changes = changesOf(options)
      const api = await connect(terminal)
      const answer = await api('whatif.preview', { changes })
      if (options.plan !== undefined) {
        const { estate } = await api('whatif.plan', { changes })
        await writeFile(path.resolve(terminal.folder, options.plan), estate)
      }
      terminal.print(options.format === 'json' ? jsonText(answer) : answerText(answer, terminal))
    })
}

/** The changes that the options name. @throws CliFailure of usage when they name none, or half of one. */
export function changesOf(options: Omit<WhatIfOptions, 'format' | 'plan'>): NamedChange[] {
  const { dissolveTeam, personLeaves, retireAgent, moveFrom, to, tool } = options
  if ((moveFrom === undefined) !== (to === undefined))
    throw usageFailure(
      'A move needs both --move-from and --to.',
      'Name the team that holds it and the one that takes it on.',
    )
  if (tool && moveFrom === undefined) throw usageFailure('--tool narrows a move.', 'Add --move-from and --to.')
  const changes: NamedChange[] = []
  if (moveFrom !== undefined && to !== undefined)
    changes.push({ kind: 'move_ownership', from: moveFrom, to, ...(tool && { tools: tool }) })
  if (personLeaves !== undefined) changes.push({ kind: 'person_leaves', person: personLeaves })
  if (retireAgent !== undefined) changes.push({ kind: 'retire_agent', agent: retireAgent })
  if (dissolveTeam !== undefined) changes.push({ kind: 'dissolve_team', team: dissolveTeam })
  if (changes.length > 0) return changes
  throw usageFailure(
    'Say what is to change.',
    'Name one or more of --dissolve-team, --person-leaves, --retire-agent, and --move-from with --to.',
  )
}

function answerText({ changes, totals, owners, opens, closes, changesSeverity }: Answer, terminal: Terminal): string {
  const title = changes.map((change) => oneLine(change.title)).join(' + ')
  const isNothing = Object.values(totals).every((count) => count === 0)
  if (isNothing) return `${title}: nothing would change.\n`
  const gapLines = (list: Answer['opens'], sign: string) =>
    list.map((gap) => [
      sign,
      { text: gap.severity, style: severityStyles[gap.severity] },
      gap.rule,
      gap.layer ?? '-',
      `${gap.subject.type} ${gap.subject.slug}`,
      String(gap.affected),
    ])
  const graver = changesSeverity.map(({ before, gap }) => ({ ...gap, rule: `${gap.rule} (was ${before})` }))
  const gaps = [...gapLines(opens, '+'), ...gapLines(closes, '-'), ...gapLines(graver, '~')]
  const standing = ({ status, team }: Answer['owners'][number]['before']) => (team ? `${team.slug} ${status}` : status)
  const moved = owners.map(({ layer, before, after, cells }) => [
    layer,
    standing(before),
    standing(after),
    String(cells),
  ])
  const summary =
    `${totals.owners} owners change · ${totals.opens} gaps open · ${totals.closes} close · ` +
    `${totals.contracts} contracts touched · ${totals.revokes} bindings revoked · ${totals.successions} successors needed\n`
  return [
    `${title}\n${summary}`,
    moved.length > 0 ? columns(['LAYER', 'OWNER NOW', 'OWNER THEN', 'CELLS'], moved, terminal) : '',
    gaps.length > 0 ? columns(['', 'SEVERITY', 'RULE', 'LAYER', 'SUBJECT', 'AFFECTED'], gaps, terminal) : '',
  ]
    .filter(Boolean)
    .join('\n')
}
