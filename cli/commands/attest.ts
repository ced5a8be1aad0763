import { formatOption } from '../render/format'
import { jsonText } from '../render/json'
import { oneLine } from '../render/table'
import { connect, once } from '../server'
import type { AddCommand } from '.'

interface AttestOptions {
  point: string
  tool: string
  digest: string
  note?: string
  format: string
}

/** `attest`: an enforcement point states which contract it enforces, as the last step of what deploys it. */
export const addCommand: AddCommand = (program, terminal) => {
  program
    .command('attest')
    .description('State which contract an enforcement point enforces for a tool.')
    .requiredOption('--point <slug>', 'the enforcement point')
    .requiredOption('--tool <slug>', 'the tool whose limits it enforces')
    .requiredOption('--digest <sha256>', 'digest of the contract that is deployed there')
    .option('--note <text>', 'such as the release or the change')
    .addOption(formatOption('text', 'json'))
    .action(async ({ format, ...input }: AttestOptions) => {
      const api = await connect(terminal)
      // Sent again after a broken connection, it is still one attestation.
      const attested = await api('attestations.create', input, once())
      if (format === 'json') return terminal.print(jsonText(attested))
      terminal.print(`${oneLine(attested.message)}\n`)
    })
}
