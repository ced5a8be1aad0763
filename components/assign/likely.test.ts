import { expect, it } from 'vitest'
import { likelyForAll } from './likely'

const owner = (slug: string, score: number, person: string | null = null) => ({
  team: { slug, name: slug },
  person: person === null ? null : { externalId: person, name: person },
  score,
  reasons: [`Why ${slug}`],
})

it('offers who is likely for every cell, by the sum', () => {
  const offered = likelyForAll([
    [owner('a', 9), owner('b', 8), owner('c', 7)],
    [owner('b', 9), owner('a', 1)],
  ])
  expect(offered.map(({ team }) => team.slug)).toEqual(['b', 'a'])
  expect(offered[0]?.reason).toBe('Why b')
})

it('offers the person only where it is the same everywhere', () => {
  expect(likelyForAll([[owner('a', 1, 'ana')], [owner('a', 1, 'ana')]])[0]?.person?.externalId).toBe('ana')
  expect(likelyForAll([[owner('a', 1, 'ana')], [owner('a', 1, 'ben')]])[0]?.person).toBeNull()
})

it('offers nobody for nothing', () => {
  expect(likelyForAll([])).toEqual([])
})
