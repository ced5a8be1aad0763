import { Panel } from '@/components/panel'
import classes from './imports.module.css'
import { type Counts, counted, entities, type Report } from './words'

const columns = [
  { key: 'created', title: 'New' },
  { key: 'updated', title: 'Changed' },
  { key: 'unchanged', title: 'Unchanged' },
  { key: 'missing', title: 'Missing' },
] as const

type Tallies = Record<(typeof columns)[number]['key'], Counts> & Pick<Report, 'conflicts'>

/** How many of each kind of entity are new, changed, unchanged, or missing from the files. */
export function CountsTable({ report, isApplied }: { report: Tallies; isApplied: boolean }) {
  const present = entities.filter(({ collection }) => columns.some(({ key }) => report[key][collection] > 0))
  if (present.length === 0) return null
  return (
    <Panel
      title={isApplied ? 'What it came to' : 'What it comes to'}
      aside={report.conflicts > 0 && `${counted(report.conflicts, 'edit')} by hand kept`}
      flush
    >
      <div className={classes.scroll}>
        <table className={classes.counts}>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">Kind</span>
              </th>
              {columns.map(({ key, title }) => (
                <th key={key} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {present.map(({ collection, title }) => (
              <tr key={collection}>
                <th scope="row">{title}</th>
                {columns.map(({ key }) => (
                  <td key={key} data-kind={key} data-none={report[key][collection] === 0 || undefined}>
                    {report[key][collection].toLocaleString('en')}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
