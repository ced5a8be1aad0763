import { describe, expect, it } from 'vitest'
import type { AssignmentFact } from '../picture'
import { agent, assignment, binding, brief, findingsOf, point, team, tool } from '../testing/facts'
import { frontDoorOnly } from './front-door-only'

const through = (...pointIds: string[]) => pointIds.map((pointId) => ({ pointId, mode: 'enforces' as const }))
const facts = {
  agents: [agent({ id: 'a' })],
  tools: [tool({ id: 't', name: 'CRM', applicationId: 'app' })],
  teams: [team({ id: 'platform', name: 'Platform' }), team({ id: 'crm', name: 'CRM team' })],
  points: [
    point({ id: 'edge', name: 'Edge gateway', kind: 'gateway', teamId: 'platform' }),
    point({ id: 'broker', name: 'Token broker', kind: 'broker', teamId: 'platform' }),
    point({ id: 'orphan', name: 'Old gateway', kind: 'gateway', teamId: null }),
    point({ id: 'app', name: 'CRM server', kind: 'application', teamId: 'crm' }),
  ],
}
const owned = (teamId: string, more: Partial<AssignmentFact> = {}) =>
  assignment({ id: 's', layer: 'enforcement', scope: 'tool', subjectId: 't', teamId, ...more })
const b = (id: string, path: string[], more = {}) =>
  binding({ id, agentId: 'a', toolId: 't', path: through(...path), ...more })
const find = (bindings: ReturnType<typeof b>[], ...assignments: AssignmentFact[]) =>
  findingsOf(frontDoorOnly, { ...facts, bindings, assignments })

describe('front-door-only', () => {
  it.each([
    ['behind a gateway, unowned', ['edge', 'app'], null, 1],
    ['behind a broker, unowned', ['broker', 'app'], null, 1],
    ['behind a gateway, owned by the team that runs it', ['edge', 'app'], 'platform', 1],
    ['behind a broker, owned by the team that runs it', ['broker', 'app'], 'platform', 1],
    ['behind two doors, owned by the team that runs the second', ['orphan', 'edge', 'app'], 'platform', 1],
    ['with nothing recorded behind the gateway', ['edge'], null, 1],
    ['behind a gateway, owned by the application’s team', ['edge', 'app'], 'crm', 0],
    ['behind a gateway nobody runs, owned', ['orphan', 'app'], 'platform', 0],
    ['straight to the application, unowned', ['app'], null, 0],
    ['straight to the application, owned by its own team', ['app'], 'crm', 0],
    ['on an unknown path, unowned', [], null, 0],
  ])('%s', (_, path, teamId, findings) => {
    expect(find([b('b', path)], ...(teamId ? [owned(teamId)] : []))).toHaveLength(findings)
  })

  it('is one finding on the tool with the bindings it concerns', () => {
    const bindings = [
      b('b1', ['edge', 'app'], { risk: 'low' }),
      b('b2', ['broker', 'app'], { risk: 'critical' }),
      b('b3', ['app']),
    ]
    expect(brief(find(bindings, owned('platform')))).toEqual(['tool:t enforcement critical [b1 b2]'])
  })

  it('judges each binding by its own owner', () => {
    const bindings = [b('b1', ['edge', 'app']), b('b2', ['edge', 'app'])]
    const closer = owned('crm', { id: 'closer', scope: 'binding', subjectId: 'b1' })
    expect(brief(find(bindings, owned('platform'), closer))).toEqual(['tool:t enforcement high [b2]'])
    expect(brief(find(bindings, closer))).toEqual(['tool:t enforcement high [b2]'])
  })

  it('takes an owner of the application for one', () => {
    const application = owned('crm', { scope: 'enforcement_point', subjectId: 'app' })
    expect(find([b('b', ['edge', 'app'])], application)).toEqual([])
  })

  it('does not take an owner of the gateway itself for one of the application', () => {
    const door = owned('crm', { scope: 'enforcement_point', subjectId: 'edge' })
    expect(find([b('b', ['edge', 'app'])], door)).toHaveLength(1)
  })

  it.each(['requested', 'approved', 'revoked'] as const)('leaves out %s bindings', (state) => {
    expect(find([b('b', ['edge', 'app'], { state })])).toEqual([])
  })

  it('says which door and which team', () => {
    expect(find([b('b', ['edge', 'app'])], owned('platform'))[0]?.explanation).toBe(
      'Enforcement of CRM is owned by Platform, which also runs Edge gateway in front of it (1 active binding).',
    )
    expect(find([b('b', ['edge', 'broker', 'app'])])[0]?.explanation).toBe(
      'Nobody owns enforcement of CRM behind Edge gateway, Token broker, on 1 active binding: b.',
    )
  })
})
