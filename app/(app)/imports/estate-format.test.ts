import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { entitySchemas } from '@/lib/importers/estate/model'
import { importEstate } from '@/lib/importers/estate/parse'

const text = readFileSync(path.join(import.meta.dirname, '../../../docs/estate-format.md'), 'utf8')

describe('docs/estate-format.md', () => {
  it('has an example that imports without error or warning', () => {
    const example = /```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? ''
    const { estate, errors, warnings } = importEstate([{ name: 'example.yaml', bytes: Buffer.from(example) }])
    expect([...errors, ...warnings]).toEqual([])
    expect(estate.owners).toHaveLength(2)
  })

  it('names every collection and every key of the format', () => {
    for (const [collection, schema] of Object.entries(entitySchemas)) {
      const section = text.split(`### ${collection}\n`)[1]?.split('\n### ')[0] ?? ''
      const missing = Object.keys(schema.shape).filter((key) => !section.includes(`\`${key}\``))
      expect({ collection, missing }).toEqual({ collection, missing: [] })
    }
  })
})
