import { writeFile } from 'node:fs/promises'
import { ruleReferenceMarkdown } from '@/lib/gaps/reference'

/** Writes docs/rules.md from the rule registry: `tsx scripts/rule-reference.ts`. */
await writeFile(new URL('../docs/rules.md', import.meta.url), ruleReferenceMarkdown())
