import { expect, it } from 'vitest'
import { scimUseCases } from '@/lib/provisioning/scim/catalog'
import { useCases } from '@/lib/use-cases/catalog'
import type { UseCase } from '@/lib/use-cases/define'
import { actionChoices, deedOf, isWhole, kindOf } from './deeds'

it('has words for everything that the API lets people do', () => {
  const all: UseCase[] = [...Object.values(useCases), ...Object.values(scimUseCases)]
  const commands = all.filter(({ kind }) => kind === 'command').map(({ name }) => name)
  expect(commands.filter((name) => deedOf(name) === name)).toEqual([])
})

it('lets an action that it does not know stand as it is', () => {
  expect(deedOf('weather.change')).toBe('weather.change')
  expect(isWhole('gaps.evaluate')).toBe(true)
  expect(kindOf('enforcement_point')).toBe('enforcement point')
  expect(actionChoices()[0]).toEqual({ value: 'accounts.*', label: 'Accounts: all' })
})
