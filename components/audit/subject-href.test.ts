import { expect, it } from 'vitest'
import { subjectHref } from './subject-href'

it.each([
  ['agent', 'scout', '/agents/scout'],
  ['binding', 'scout/crm@production', '/bindings/scout~crm@production'],
  ['contract', 'claims-api@v2', '/contracts/claims-api/2'],
  ['import', '0198', '/imports/0198'],
  ['weather', 'today', null],
])('the page of a %s', (type, slug, href) => {
  expect(subjectHref({ type, slug })).toBe(href)
})
