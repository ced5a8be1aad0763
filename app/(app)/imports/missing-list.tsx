import { Panel } from '@/components/panel'
import classes from './imports.module.css'
import { type Counts, entities, type Report, totalOf } from './words'

/** What an earlier import of this kind brought and these files do not have. */
export function MissingList({ missing, names }: { missing: Counts; names: Report['missingNames'] }) {
  if (totalOf(missing) === 0) return null
  return (
    <Panel title="Missing from the files" flush>
      <p className={classes.note}>
        An earlier import of this kind brought these, and they are not in the files now. They stay in the registry: an
        import never deletes.
      </p>
      <ul className={classes.changes} aria-label="Missing from the files">
        {entities
          .filter(({ collection }) => missing[collection] > 0)
          .map(({ collection, title }) => {
            const shown = names[collection] ?? []
            const rest = missing[collection] - shown.length
            return (
              <li key={collection}>
                <details>
                  <summary>
                    <span className={classes.changeHead}>
                      <b>{title}</b> <span className={classes.dim}>{missing[collection].toLocaleString('en')}</span>
                    </span>
                  </summary>
                  <p className={classes.names}>
                    {shown.join(', ')}
                    {rest > 0 && <span className={classes.dim}> and {rest.toLocaleString('en')} more</span>}
                  </p>
                </details>
              </li>
            )
          })}
      </ul>
    </Panel>
  )
}
