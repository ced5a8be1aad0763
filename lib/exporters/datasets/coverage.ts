import { z } from 'zod'
import { commaList } from '@/lib/http/page'
import { frameworks } from '@/lib/standards/controls'
import { frameworkDetail } from '@/lib/standards/coverage'
import { controlVerdicts } from '@/lib/standards/model'
import { countGapsByRule } from '@/lib/standards/store'
import { type DatasetContext, defineDataset } from './dataset'
import type { DatasetColumn, DatasetRow } from './model'

const columns: readonly DatasetColumn[] = [
  { id: 'key', title: 'Key', type: 'text', description: '`framework:control`' },
  { id: 'framework', title: 'Framework', type: 'text', description: 'Key of the control framework' },
  { id: 'framework_title', title: 'Framework title', type: 'text', description: 'Its title' },
  { id: 'framework_version', title: 'Framework version', type: 'text', description: 'Its version' },
  { id: 'control', title: 'Control', type: 'text', description: 'Id of the control' },
  { id: 'title', title: 'Control title', type: 'text', description: 'Its title' },
  {
    id: 'verdict',
    title: 'Verdict',
    type: 'text',
    description: 'gaps, excepted, met, or not_evidenced when no rule looks at it',
  },
  { id: 'open', title: 'Open gaps', type: 'number', description: 'Gaps of its rules that wait for somebody' },
  { id: 'excepted', title: 'Excepted gaps', type: 'number', description: 'Gaps of its rules whose risk was accepted' },
  { id: 'worst', title: 'Worst', type: 'text', description: 'The worst severity among the open gaps' },
  { id: 'rules', title: 'Rules', type: 'list', description: 'The rules that are evidence for it' },
]

const filterSchema = z.strictObject({
  framework: commaList(z.string().max(60)).optional().describe('Keys of frameworks'),
  verdict: commaList(z.enum(controlVerdicts)).optional(),
})

async function coverageRows({ db }: DatasetContext, { framework, verdict }: z.output<typeof filterSchema>) {
  const gaps = await countGapsByRule(db)
  return frameworks
    .filter(({ key }) => framework?.includes(key) ?? true)
    .flatMap((each) => {
      const { key, title, version, rows } = frameworkDetail(each, gaps)
      return rows
        .filter((control) => verdict?.includes(control.verdict) ?? true)
        .map(
          (control): DatasetRow => ({
            key: `${key}:${control.id}`,
            framework: key,
            framework_title: title,
            framework_version: version,
            control: control.id,
            title: control.title,
            verdict: control.verdict,
            open: control.open,
            excepted: control.excepted,
            worst: control.worst,
            rules: control.rules.map(({ id }) => id),
          }),
        )
    })
}

/** How the controls of each framework stand by the gaps that there are. Catalogs are part of the product, and small. */
export const coverageDataset = defineDataset({
  name: 'coverage',
  title: 'Control coverage',
  description: 'What the gaps say of each control of each framework; never that a control is fulfilled',
  columns,
  filter: filterSchema,
  sorts: ['key', 'catalog'],
  async *rows(context, filter, sort = 'key') {
    const rows = await coverageRows(context, filter)
    if (sort === 'key') rows.sort((a, b) => Buffer.compare(Buffer.from(String(a.key)), Buffer.from(String(b.key))))
    if (rows.length > 0) yield rows
  },
  async count(context, filter, max) {
    return Math.min((await coverageRows(context, filter)).length, max)
  },
})
