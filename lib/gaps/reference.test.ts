import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { ruleReferenceMarkdown } from './reference'
import { rules } from './rules'

it('is what docs/rules.md says; run tsx scripts/rule-reference.ts after changing a rule', async () => {
  const written = await readFile(new URL('../../docs/rules.md', import.meta.url), 'utf8')
  expect(written).toBe(ruleReferenceMarkdown())
})

it('has a section for every rule', () => {
  const markdown = ruleReferenceMarkdown()
  expect(rules.filter((rule) => !markdown.includes(`\n## ${rule.id}\n`))).toEqual([])
})
