import { describe, expect, it } from 'vitest'
import { layerIds } from '@/lib/layers'
import { errorLines, textFile } from '../testing'
import { importCsv } from './parse'

const parse = (text: string, name = 'x.csv') => importCsv([textFile(name, text)])

describe('importCsv: bindings', () => {
  const header =
    'agent,tool,environment,state,risk,intent,intentApprovedBy,intentApprovedAt,actions,decisionMode,credentialType,credentialLifetime,boundary,allowlistPresent,path,certifiedAt'
  const row =
    'support-bot,crm,production,active,High,"Look up, the caller",ana,2026-05-01,read;write,runtime,Short-lived,PT15M,read-only role,True,edge:enforces|crm-app,2026-10-01'

  it('reads every column', () => {
    const parsed = parse(`${header}\n${row}\n`)
    expect(errorLines(parsed)).toEqual([])
    expect(parsed.estate.bindings).toEqual([
      {
        agent: 'support-bot',
        tool: 'crm',
        environment: 'production',
        state: 'active',
        risk: 'high',
        intent: { text: 'Look up, the caller', approvedBy: 'ana', approvedAt: new Date('2026-05-01') },
        actions: ['read', 'write'],
        decisionMode: 'runtime',
        credential: { type: 'short_lived', lifetime: 'PT15M' },
        boundary: 'read-only role',
        allowlist: { present: true },
        path: [
          { point: 'edge', mode: 'enforces' },
          { point: 'crm-app', mode: 'unknown' },
        ],
        certifiedAt: new Date('2026-10-01'),
      },
    ])
    expect(parsed.positions.get('bindings/0')).toMatchObject({ file: 'x.csv', line: 2 })
  })

  it('reads a column per layer as the owner proposed on the binding', () => {
    const parsed = parse(
      `agent,tool,${layerIds.join(',')}\na,b,${layerIds.map((layer) => `Team ${layer}`).join(',')}\nc,d,,,,,\n`,
    )
    expect(errorLines(parsed)).toEqual([])
    expect(parsed.estate.owners).toEqual(
      layerIds.map((layer) => ({
        layer,
        scope: 'binding',
        subject: 'a/b@production',
        team: `team-${layer}`,
        state: 'proposed',
      })),
    )
  })

  it.each<[what: string, text: string]>([
    ['semicolons', 'agent;tool;risk\nsupport-bot;crm;low\n'],
    ['tabs', 'agent\ttool\trisk\nsupport-bot\tcrm\tlow\n'],
    ['a spreadsheet hint', 'sep=;\nagent;tool;risk\nsupport-bot;crm;low\n'],
    ['a byte-order mark', '\ufeffagent,tool,risk\nsupport-bot,crm,low\n'],
    ['CRLF', 'agent,tool,risk\r\nsupport-bot,crm,low\r\n'],
    ['old Mac line ends', 'agent,tool,risk\rsupport-bot,crm,low\r'],
    ['mixed line ends and blank lines', '\nagent,tool,risk\r\n\r\n\nsupport-bot,crm,low\n'],
    ['quotes everywhere', '"agent","tool","risk"\n"support-bot","crm","low"'],
    ['other spellings of the headers', 'Agent Name,TOOL_SLUG,Risk-Tier\nSupport Bot,CRM,LOW\n'],
    ['empty columns at the end', 'agent,tool,risk,,\nsupport-bot,crm,low,,\n'],
    ['more blank cells than the header', 'agent,tool,risk\nsupport-bot,crm,low,,,\n'],
  ])('reads %s', (_what, text) => {
    const parsed = parse(text)
    expect(errorLines(parsed)).toEqual([])
    expect(parsed.estate.bindings).toEqual([
      { agent: 'support-bot', tool: 'crm', environment: 'production', risk: 'low' },
    ])
  })

  it.each<[encoding: string, mark: number[], swap: boolean]>([
    ['UTF-16LE', [0xff, 0xfe], false],
    ['UTF-16BE', [0xfe, 0xff], true],
  ])('reads %s with its mark', (_encoding, mark, swap) => {
    const units = [...'agent,tool\na,b\n'].flatMap((character) =>
      swap ? [0, character.charCodeAt(0)] : [character.charCodeAt(0), 0],
    )
    const parsed = importCsv([{ name: 'x.csv', bytes: new Uint8Array([...mark, ...units]) }])
    expect(errorLines(parsed)).toEqual([])
    expect(parsed.estate.bindings).toHaveLength(1)
  })

  it.each<[what: string, text: string, errors: string[]]>([
    ['an empty file', '', ['x.csv:1 -: The file is empty']],
    ['a header without rows', 'agent,tool\n', ['x.csv:1 -: A header of bindings without any row']],
    [
      'a column there twice',
      'agent,tool,Agent\na,b,c\n',
      ['x.csv:1 -: The column "agent" is there twice'.replace('"agent"', '"Agent"')],
    ],
    [
      'two columns of one meaning',
      'agent,tool,risk,risk tier\na,b,low,high\n',
      ['x.csv:1 -: The columns "risk" and "risk tier" mean the same'],
    ],
    ['a short row', 'agent,tool,risk\na,b,low\nc,d\n', ['x.csv:3 -: This row has 2 cells; the header has 3']],
    ['a long row', 'agent,tool\na,b,x\n', ['x.csv:2 -: This row has 3 cells; the header has 2']],
    ['an open quote', 'agent,tool\na,b\n"c,d\ne,f\n', ['x.csv:3 -: Not valid CSV: a quoted cell that never ends']],
    [
      'a stray quote',
      'agent,tool\na,b"x"\n',
      [
        'x.csv:2 -: Not valid CSV: a double quote in the middle of a cell; quote the whole cell and double the quotes inside it',
      ],
    ],
    [
      'an unknown word',
      'agent,tool,Risk Tier\na,b,huge\n',
      ['x.csv:2 Risk Tier: Expected one of low, medium, high, critical'],
    ],
    ['a missing tool', 'agent,tool\na,\n', ['x.csv:2 tool: Missing']],
    ['an approval without an intent', 'agent,tool,intentApprovedBy\na,b,ana\n', ['x.csv:2 intentApprovedBy: Missing']],
    [
      'a date that does not exist',
      'agent,tool,certifiedAt\na,b,2026-02-30\n',
      ['x.csv:2 certifiedAt: Not a date (2026-11-01) or instant (2026-11-01T00:00:00Z)'],
    ],
    ['a duplicate', 'agent,tool\na,b\na,b\n', ['x.csv:3 -: The binding "a/b@production" is already there on line 2']],
    ['a team that is no name', 'agent,tool,identity\na,b,???\n', ['x.csv:2 identity: Not the slug of a team: "???"']],
    ['a NUL', 'agent,tool\na,b\u0000\n', ['x.csv:2 -: Contains the control character U+0000; remove it']],
  ])('refuses %s', (_what, text, errors) => {
    expect(errorLines(parse(text))).toEqual(errors)
  })

  it('reports the line a row begins on, after cells with line breaks', () => {
    expect(errorLines(parse('agent,tool,boundary,risk\na,b,"one\ntwo\nthree",low\nc,d,"x\ny",huge\n'))).toEqual([
      'x.csv:5 risk: Expected one of low, medium, high, critical',
    ])
  })

  it('refuses bytes of another encoding at their line', () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('agent,tool,boundary\na,b,x\nc,d,caf'), 0xe9, 0x0a])
    expect(errorLines(importCsv([{ name: 'x.csv', bytes }]))).toEqual([
      'x.csv:3 -: Not valid UTF-8 text; save the file as UTF-8',
    ])
  })

  it('refuses a workbook', () => {
    const bytes = new Uint8Array([0x50, 0x4b, 3, 4])
    expect(errorLines(importCsv([{ name: 'x.xlsx', bytes }]))).toEqual([
      'x.xlsx:1 -: This is a ZIP archive (such as an .xlsx workbook), not a text file',
    ])
  })

  it('refuses a file of another shape and lists the headers that are read', () => {
    const [error] = parse('login,firstname,password\na,b,c\n').errors
    expect(error).toMatchObject({ file: 'x.csv', line: 1 })
    expect(error?.message).toContain('login, firstname, password')
    expect(error?.message).toContain('bindings (agent, tool)')
  })

  it('says which columns it does not read', () => {
    expect(errorLines(parse('agent,tool,ticket\na,b,T-1\n'), 'warnings')).toEqual([
      'x.csv:1 -: The column "ticket" is not read',
    ])
  })

  it('refuses more rows than one import may have', () => {
    const rows = Array.from({ length: 100_002 }, (_, index) => `a${index},b`).join('\n')
    expect(errorLines(parse(`agent,tool\n${rows}`))).toEqual(['x.csv:100002 -: One import reads at most 100000 rows'])
  })
})

describe('importCsv: the other tables', () => {
  it('reads each kind by its header and joins members to their teams', () => {
    const parsed = importCsv([
      textFile('people.csv', 'id,name,email,status,manager\nana,Ana Ruiz,ana@example.org,active,ben\n'),
      textFile('members.csv', 'team,person,role\niam,ana,lead\nsoc,ana,\n'.replace('soc,ana,\n', 'iam,ben,\n')),
      textFile(
        'teams.csv',
        'slug,name,function,contact\niam,Identity,IAM,iam@example.org\n,Security Operations,secops,\n',
      ),
      textFile(
        'agents.csv',
        'name,purpose,autonomy,identityPrimitive,identityId\nSupport Bot,Answers,supervised,OAuth client,c-1\n',
      ),
      textFile('tools.csv', 'tool,name,kind,independentPrivileges,application\ncrm,CRM,api,yes,crm-app\n'),
      textFile('points.csv', 'point,name,kind,team\nedge,Edge,gateway,platform\n'),
      textFile(
        'owners.csv',
        'layer,scope,subject,team,state\nidentity,organisation,,iam,accepted\nEnforcement,tool,crm,crm-team,\n',
      ),
      textFile('delegations.csv', 'from,to,scope\nplanner,support-bot,tickets\n'),
    ])
    expect(errorLines(parsed)).toEqual([])
    expect(parsed.estate).toMatchObject({
      people: [{ id: 'ana', manager: 'ben' }],
      teams: [
        {
          slug: 'iam',
          function: 'iam',
          members: [
            { person: 'ana', role: 'lead' },
            { person: 'ben', role: 'member' },
          ],
        },
        { slug: 'security-operations', name: 'Security Operations' },
      ],
      agents: [{ slug: 'support-bot', identity: { primitive: 'oauth_client', id: 'c-1' } }],
      tools: [{ slug: 'crm', independentPrivileges: 'yes' }],
      enforcementPoints: [{ slug: 'edge', kind: 'gateway' }],
      owners: [
        { layer: 'identity', scope: 'organisation' },
        { layer: 'enforcement', subject: 'crm', state: 'proposed' },
      ],
      delegations: [{ from: 'planner', to: 'support-bot' }],
    })
  })

  it.each<[what: string, text: string, errors: string[]]>([
    [
      'members of a team that has no name',
      'team,person\niam,ana\n',
      [
        'x.csv:2 team: The team "iam" has no name here: add a column "teamName", or import the teams file with this one',
      ],
    ],
    [
      'a member named twice',
      'team,teamName,person\niam,IAM,ana\niam,IAM,ana\n',
      ['x.csv:3 person: "ana" is already named as a member of "iam"'],
    ],
    ['a name no slug can be made of', 'name,purpose\n日本語,x\n', ['x.csv:2 slug: Missing']],
    [
      'a cycle of managers',
      'id,name,email,manager\na,A,,b\nb,B,,a\n',
      ['x.csv:2 manager: Managers form a cycle: a → b → a', 'x.csv:3 manager: Managers form a cycle: a → b → a'],
    ],
    ['a wrong address', 'id,name,email\na,A,nowhere\n', ['x.csv:2 email: Not an e-mail address']],
  ])('refuses %s', (_what, text, errors) => {
    expect(errorLines(parse(text))).toEqual(errors)
  })
})
