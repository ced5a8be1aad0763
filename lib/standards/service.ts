import { z } from 'zod'
import { defineQuery } from '@/lib/use-cases/define'
import { notFound } from '@/lib/use-cases/errors'
import { frameworks } from './controls'
import { frameworkDetail, frameworkRow } from './coverage'
import { frameworkDetailSchema, frameworkRowSchema } from './model'
import { countGapsByRule } from './store'

const listFrameworks = defineQuery({
  name: 'frameworks.list',
  summary: 'The control frameworks, and how many controls of each have open gaps, have none, or are not looked at',
  method: 'GET',
  path: '/frameworks',
  input: z.strictObject({}),
  output: z.object({ rows: z.array(frameworkRowSchema) }),
  async handler({ db }) {
    const gaps = await countGapsByRule(db)
    return { rows: frameworks.map((framework) => frameworkRow(framework, gaps)) }
  },
})

const getFramework = defineQuery({
  name: 'frameworks.get',
  summary: 'One control framework, control by control: the rules that evidence it and the gaps they find',
  method: 'GET',
  path: '/frameworks/{key}',
  input: z.strictObject({ key: z.string().max(60) }),
  output: frameworkDetailSchema,
  async handler({ db }, { key }) {
    const framework = frameworks.find((candidate) => candidate.key === key)
    if (!framework) throw notFound(`Framework "${key}"`)
    return frameworkDetail(framework, await countGapsByRule(db))
  },
})

export const frameworkUseCases = {
  'frameworks.list': listFrameworks,
  'frameworks.get': getFramework,
}
