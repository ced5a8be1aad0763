import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import type { Api, OutputOf } from '@/lib/http/client'
import { exitCodes } from '../failure'
import { columns } from '../render/table'
import { connect } from '../server'
import type { Terminal } from '../terminal'
import type { AddCommand } from '.'

type Log = OutputOf<'log.get'>

const waitMsMax = 10 * 60_000
const pollMs = 1_000

/** What the server's job does is there when `done` says so. */
async function waitFor(api: Api, done: (log: Log) => boolean): Promise<Log | null> {
  for (let waited = 0; waited < waitMsMax; waited += pollMs) {
    const log = await api('log.get', {})
    if (done(log)) return log
    await sleep(pollMs)
  }
  return null
}

/** `log`: the transparency log of the server. */
export const addCommand: AddCommand = (program, terminal, end) => {
  const log = program.command('log').description('The transparency log: checkpoints, keys, verification.')
  log
    .command('checkpoint')
    .description('Have a checkpoint made and print it: a signed note, to be kept elsewhere.')
    .option('--newest', 'print the newest there is and make none')
    .action(async ({ newest }: { newest?: true }) => {
      const api = await connect(terminal)
      const before = await api('log.get', {})
      if (!newest) await api('log.checkpoint', {})
      const made = newest ? before : await waitFor(api, (now) => (now.newest?.size ?? 0) > (before.newest?.size ?? 0))
      if (made?.newest) return terminal.print(made.newest.note)
      terminal.complain(newest ? 'There is no checkpoint yet.' : 'No checkpoint was made within 10 minutes.')
      end(exitCodes.refused)
    })
  log
    .command('verify')
    .description('Have the log held against the audit tables; ends with 1 when they disagree.')
    .action(async () => {
      const api = await connect(terminal)
      const before = (await api('log.get', {})).verification?.endedAt
      await api('log.verify', {})
      const verified = await waitFor(api, (now) => now.verification !== null && now.verification.endedAt !== before)
      if (!verified?.verification) {
        terminal.complain('The verification did not end within 10 minutes.')
        return end(exitCodes.refused)
      }
      report(verified.verification, terminal, () => end(exitCodes.refused))
    })
  addKeys(log, terminal)
}

function report({ findings, details, size }: NonNullable<Log['verification']>, terminal: Terminal, fail: () => void) {
  if (findings === 0) return terminal.print(`All ${size} events are as they were logged.\n`)
  terminal.complain(`The audit log is not what was logged, in ${findings} places:`)
  for (const { where, what, kind } of details) terminal.complain(`  ${where}: ${what} (${kind})`)
  fail()
}

function addKeys(log: Command, terminal: Terminal): void {
  log
    .command('keys')
    .description('The public keys that sign or signed the log, the newest first.')
    .action(async () => {
      const { keys } = await (await connect(terminal))('log.keys', {})
      terminal.print(
        columns(
          ['SINCE', 'KEY'],
          keys.map(({ since, verifierKey }) => [since, verifierKey]),
          terminal,
        ),
      )
    })
  log
    .command('rotate-key')
    .description('Sign with a new key from now on; the present one goes on signing beside it.')
    .action(async () => {
      const { from, to } = await (await connect(terminal))('log.rotateKey', {})
      terminal.print(`was ${from}\nis  ${to}\n`)
    })
}
