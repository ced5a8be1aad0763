import { describe, expect, it } from 'vitest'
import type { Known, PathMode } from '@/lib/registry/model'
import type { BindingFact } from '../picture'
import { binding, brief, findingsOf, point, tool } from '../testing/facts'
import { downstreamUnvalidated } from './downstream-unvalidated'

type Step = [string, PathMode]
const b = (id: string, path: Step[], more: Partial<BindingFact> = {}) =>
  binding({ id, agentId: 'a', toolId: 't', path: path.map(([pointId, mode]) => ({ pointId, mode })), ...more })
const find = (
  bindings: BindingFact[],
  powers: { tool?: Known; app?: Known } = {},
  applicationId: string | null = 'app',
) =>
  findingsOf(downstreamUnvalidated, {
    tools: [tool({ id: 't', name: 'CRM', applicationId, independentPrivileges: powers.tool ?? 'yes' })],
    points: [
      point({ id: 'edge', name: 'Edge gateway', kind: 'gateway', independentPrivileges: 'no' }),
      point({ id: 'broker', name: 'Broker', kind: 'broker', independentPrivileges: 'no' }),
      point({ id: 'app', name: 'CRM server', kind: 'application', independentPrivileges: powers.app ?? 'no' }),
    ],
    bindings,
  })

describe('downstream-unvalidated', () => {
  it.each<[string, Step[], number]>([
    [
      'that trusts the gateway',
      [
        ['edge', 'enforces'],
        ['app', 'trusts_upstream'],
      ],
      1,
    ],
    [
      'that trusts the broker',
      [
        ['broker', 'enforces'],
        ['app', 'trusts_upstream'],
      ],
      1,
    ],
    [
      'not known to decide',
      [
        ['edge', 'enforces'],
        ['app', 'unknown'],
      ],
      1,
    ],
    [
      'that decides',
      [
        ['edge', 'enforces'],
        ['app', 'enforces'],
      ],
      0,
    ],
    [
      'that decides behind a gateway that does not',
      [
        ['edge', 'unknown'],
        ['app', 'enforces'],
      ],
      0,
    ],
    ['without a door', [['app', 'trusts_upstream']], 0],
    [
      'before the door',
      [
        ['app', 'trusts_upstream'],
        ['edge', 'enforces'],
      ],
      0,
    ],
    ['missing behind the door', [['edge', 'enforces']], 1],
    ['on an unknown path', [], 0],
  ])('an application %s: %j', (_, path, findings) => {
    expect(find([b('b', path)])).toHaveLength(findings)
  })

  it('takes a second door that trusts the first for such a point', () => {
    const path: Step[] = [
      ['edge', 'enforces'],
      ['broker', 'trusts_upstream'],
      ['app', 'enforces'],
    ]
    expect(find([b('b', path)])).toHaveLength(1)
  })

  it.each<[Known, Known, number]>([
    ['yes', 'no', 1],
    ['unknown', 'no', 1],
    ['no', 'yes', 1],
    ['no', 'unknown', 1],
    ['no', 'no', 0],
  ])('when the tool has power of its own: %s, and the point: %s', (ofTool, ofPoint, findings) => {
    const bindings = [
      b('b', [
        ['edge', 'enforces'],
        ['app', 'trusts_upstream'],
      ]),
    ]
    expect(find(bindings, { tool: ofTool, app: ofPoint })).toHaveLength(findings)
  })

  it('has nothing to name behind the door of a tool without a known application', () => {
    expect(find([b('b', [['edge', 'enforces']])], {}, null)).toEqual([])
  })

  it('is one finding on the tool with the bindings it concerns', () => {
    const bindings = [
      b(
        'b1',
        [
          ['edge', 'enforces'],
          ['app', 'trusts_upstream'],
        ],
        { risk: 'low' },
      ),
      b(
        'b2',
        [
          ['edge', 'enforces'],
          ['app', 'unknown'],
        ],
        { risk: 'critical' },
      ),
      b('b3', [
        ['edge', 'enforces'],
        ['app', 'enforces'],
      ]),
      b(
        'b4',
        [
          ['edge', 'enforces'],
          ['app', 'unknown'],
        ],
        { state: 'revoked' },
      ),
    ]
    expect(brief(find(bindings))).toEqual(['tool:t enforcement critical [b1 b2]'])
  })

  it('says which point trusts whom, and what has power', () => {
    const trusts = b('b1', [
      ['edge', 'enforces'],
      ['app', 'trusts_upstream'],
    ])
    const unknown = b('b2', [
      ['edge', 'enforces'],
      ['app', 'unknown'],
    ])
    const unnamed = b('b3', [['edge', 'enforces']])
    expect(find([trusts])[0]?.explanation).toBe(
      'CRM server trusts what Edge gateway decided, while CRM has independent privileges (1 active binding: b1).',
    )
    expect(find([unknown], { tool: 'no', app: 'unknown' })[0]?.explanation).toBe(
      'CRM server is not known to decide for itself behind Edge gateway, while nobody knows whether CRM server has independent privileges (1 active binding: b2).',
    )
    expect(find([unnamed])[0]?.explanation).toBe(
      'The path behind Edge gateway does not say what CRM server does, while CRM has independent privileges (1 active binding: b3).',
    )
  })
})
