import { describe, expect, it } from 'vitest'
import { startingDays, startingTemplates } from '@/lib/recertification/campaigns/starting-templates'
import { definitionSchema } from '@/lib/recertification/model'
import { formPath, problemsByField } from './problems'
import { blankValues, definitionFrom, valuesOf } from './values'

describe('the form of a campaign', () => {
  it.each(
    startingTemplates(startingDays('2026-11-24'), 'UTC').map(({ key, definition }) => [key, definition] as const),
  )('changes nothing of %s by showing it', (_, definition) => {
    expect(definitionSchema.parse(definitionFrom(valuesOf(definition)))).toEqual(definition)
  })

  it('is a valid campaign before anything is chosen', () => {
    expect(definitionSchema.safeParse(definitionFrom(blankValues)).success).toBe(true)
  })

  it('keeps what belongs to the other kind out', () => {
    const scope = { ...blankValues.scope, environment: ['production'], scope: ['agent'], risk: ['high'] }
    expect(definitionFrom({ ...blankValues, scope })).toMatchObject({
      scope: { environment: ['production'], risk: ['high'] },
    })
    expect(definitionFrom({ ...blankValues, kind: 'ownership', scope })).toMatchObject({
      scope: { scope: ['agent'], risk: ['high'] },
    })
  })

  it('names the field that is wrong', () => {
    const [stage] = blankValues.stages
    const stages = stage ? [{ ...stage, duration: 'soon' }] : []
    const parsed = definitionSchema.safeParse(definitionFrom({ ...blankValues, stages, reminderDays: '7, x' }))
    expect(parsed.error?.issues.map(({ path }) => formPath(path.join('.')))).toEqual([
      'stages.0.duration',
      'reminderDays',
    ])
  })

  it('puts a problem of the server where it belongs', () => {
    expect(
      problemsByField([
        { field: 'name', message: 'Taken' },
        { field: 'definition.scope', message: 'Matches nothing' },
        { field: 'definition.scope.team[1]', message: 'No such team' },
        { field: 'definition.stages[1].escalation[0].after', message: 'Not a duration' },
        { field: 'overrides.stages[0].fallbacks[2].person', message: 'Left' },
      ]),
    ).toEqual({
      name: 'Taken',
      scope: 'Matches nothing',
      'scope.team': 'No such team',
      'stages.1.escalation.0.after': 'Not a duration',
      'stages.0.fallbacks.2.person': 'Left',
    })
  })
})
