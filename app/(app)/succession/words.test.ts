import { expect, it } from 'vitest'
import type { SuccessionView } from '@/lib/ownership/succession/model'
import { aboutOf, becauseOf, isAsked, mayName } from './words'

const person = (id: string) => ({ id, externalId: id, name: `Person ${id}`, status: 'active' as const })
const row: Pick<SuccessionView, 'leaver' | 'ownership' | 'agent' | 'candidate' | 'because'> = {
  leaver: { ...person('ana'), manager: person('max') },
  ownership: {
    assignment: 'identity:agent:bot',
    layer: 'identity',
    scope: 'agent',
    subject: { slug: 'bot', name: 'Bot' },
    team: { slug: 'iam', name: 'Identity team' },
    supplies: 3,
  },
  agent: null,
  candidate: person('ben'),
  because: 'deputy',
}
const viewer = { person: 'ben', curates: false, leadOf: [] }

it('says what is to be taken over, and why somebody is asked', () => {
  expect(aboutOf(row)).toBe('Identity of Bot')
  expect(aboutOf({ ownership: null, agent: { slug: 'bot', name: 'Bot' } })).toBe('Sponsor of Bot')
  expect(becauseOf(row)).toBe('as deputy')
  expect(becauseOf({ ...row, because: null })).toBe('named by hand')
  expect(becauseOf({ ...row, candidate: null })).toBeNull()
})

it('lets whoever is asked answer, and the manager, a lead of the team and a curator ask somebody else', () => {
  expect(isAsked(row, viewer)).toBe(true)
  expect(isAsked(row, { ...viewer, person: 'eve' })).toBe(false)
  expect(mayName(row, viewer)).toBe(
    'Only a governance lead, Person max or a lead of Identity team can ask somebody else.',
  )
  expect(mayName(row, { ...viewer, person: 'max' })).toBe(true)
  expect(mayName(row, { ...viewer, leadOf: ['iam'] })).toBe(true)
  expect(mayName(row, { ...viewer, curates: true })).toBe(true)
})
