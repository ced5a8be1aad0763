import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '@/lib/db/sql'
import { smallEstate } from '@/lib/recertification/testing'
import { type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'

describe('the text that bindings are searched by', () => {
  let registry: TestRegistry
  beforeAll(async () => {
    registry = await testRegistry()
  })
  afterAll(() => registry.drop())
  const found = async (text: string) => {
    const bindings = await registry.run(useCases['bindings.list'], { q: text })
    const cells = await registry.run(useCases['matrix.rows'], { text })
    expect(cells.rows.map(({ slug }) => slug)).toEqual(bindings.rows.map(({ slug }) => slug))
    return bindings.rows.map(({ slug }) => slug)
  }

  it('is always the slug that the binding has', async () => {
    const { bindings, tool } = await smallEstate(registry, 2)
    expect(await found(`/${tool.slug}@prod`)).toEqual(bindings.map(({ slug }) => slug))
    const [first] = bindings
    await registry.database.execute(sql`UPDATE binding SET slug = 'odd_one/of@two' WHERE id = ${first?.id}::uuid`)
    expect(await found('D_ONE/OF@')).toEqual(['odd_one/of@two'])
    expect(await found(`/${tool.slug}@prod`)).toHaveLength(1)
    await registry.database.execute(sql`DELETE FROM binding WHERE id = ${first?.id}::uuid`)
    expect(await registry.database.query(sql`SELECT slug FROM binding_search`)).toEqual([{ slug: bindings[1]?.slug }])
  })
})
