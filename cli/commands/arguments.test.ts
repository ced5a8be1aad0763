import { describe, expect, it } from 'vitest'
import { run } from '../testing'
import { targetOf } from './assign'

describe('what assign is about', () => {
  it.each([
    [{ organisation: true }, { scope: 'organisation' }],
    [{ agent: 'bot' }, { scope: 'agent', subject: 'bot' }],
    [{ tool: 'crm' }, { scope: 'tool', subject: 'crm' }],
    [{ point: 'edge' }, { scope: 'enforcement_point', subject: 'edge' }],
    [
      { agent: 'bot', tool: 'crm' },
      { scope: 'binding', subject: 'bot/crm@production' },
    ],
    [
      { agent: 'bot', tool: 'crm', environment: 'test' },
      { scope: 'binding', subject: 'bot/crm@test' },
    ],
  ] as const)('%j is %j', (options, target) => {
    expect(targetOf(options)).toEqual(target)
  })

  it.each([
    {},
    { organisation: true, agent: 'bot' },
    { agent: 'bot', point: 'edge' },
    { agent: 'bot', tool: 'crm', point: 'edge' },
    { agent: 'bot', environment: 'test' },
  ] as const)('%j is refused', (options) => {
    expect(() => targetOf(options)).toThrow()
  })
})

const assign = ['assign', '--team', 'iam', '--reason', 'Because', '--organisation']

describe('the command line', () => {
  it.each([
    [[], 'Usage: pentarch'],
    [['nothing'], "unknown command 'nothing'"],
    [['list'], "missing required argument 'kind'"],
    [['list', 'cats'], 'Allowed choices are people'],
    [['campaigns', 'create'], 'Name a template or a file'],
    [['review', 'decide'], 'Name an item and a verdict'],
    [['export', 'certifications', '--format', 'yaml'], 'cannot be written as yaml'],
    [['list', 'agents', '--filter', 'x'], 'key=value'],
    [['owners', '--agent', 'bot'], '--tool <slug>'],
    [assign, '--layer <layer>'],
    [[...assign, '--layer', 'front-door'], 'Allowed choices are identity'],
    [['attest', '--point', 'edge', '--tool', 'crm'], '--digest <sha256>'],
    [['gaps', '--state', 'open,odd'], 'Allowed choices are open'],
    [['gaps', '--format', 'csv'], 'Allowed choices are table, json, sarif'],
    [['whatif'], 'Say what is to change'],
    [['whatif', '--move-from', 'iam'], 'needs both --move-from and --to'],
    [['whatif', '--retire-agent', 'bot', '--tool', 'crm'], '--tool narrows a move'],
    [['export'], "missing required argument 'kind'"],
    [['export', 'cats'], 'Allowed choices are estate'],
    [['export', 'matrix', '--format', 'yaml'], 'cannot be written as yaml'],
    [['import', 'estate'], "missing required argument 'path'"],
    [['import', 'cobol', 'x'], 'Allowed choices are estate'],
    [['import', 'estate', 'nowhere'], 'nowhere is not there'],
    [['import', 'csv', 'public'], 'No file of this kind in public'],
  ])('%j is a fault of usage, and asks no server', async (args, message) => {
    const { code, stdout, stderr } = await run(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
  })

  it.each([['--help'], ['help'], ['list', '--help'], ['help', 'assign']])('%s %s helps', async (...args) => {
    const { code, stdout, stderr } = await run(args)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('Usage: pentarch')
  })
})
