import { BindingStateBadge, RiskBadge } from '@/components/badges'
import { TextLink, ToolLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { PathModeMark } from '@/components/registry/path-mode'
import classes from '@/components/registry/registry.module.css'
import { ScrollFrame } from '@/components/scroll-frame'
import type { PointDetail } from '@/lib/registry/points/model'
import { urls } from '@/lib/urls'
import table from './point-bindings.module.css'
import { RouteThrough } from './route-through'

/** The bindings whose calls pass here, each with what the point does to them. */
export function PointBindings({
  slug,
  name,
  bindings: { rows, more },
  mayRoute,
}: Pick<PointDetail, 'slug' | 'name' | 'bindings'> & { mayRoute: true | string }) {
  return (
    <Panel
      title={`Bindings that pass it${rows.length > 0 ? ` (${rows.length}${more ? '+' : ''})` : ''}`}
      aside={
        <span className={table.aside}>
          {rows.length > 0 && <TextLink href={urls.bindings({ point: slug })}>In the list of bindings</TextLink>}
          <RouteThrough point={{ slug, name }} can={mayRoute} />
        </span>
      }
      flush
    >
      {rows.length === 0 ? (
        <p className={classes.none}>No binding's enforcement path names it; a path is recorded on the binding.</p>
      ) : (
        <ScrollFrame label="Bindings that pass it" className={table.frame}>
          <table className={table.table} aria-label="Bindings that pass it">
            <thead>
              <tr>
                <th scope="col">Agent</th>
                <th scope="col">Tool</th>
                <th scope="col">Here</th>
                <th scope="col">Place in path</th>
                <th scope="col">State</th>
                <th scope="col">Risk</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((binding) => (
                <tr key={`${binding.id}${binding.position}`}>
                  <th scope="row" title={binding.slug}>
                    <TextLink href={urls.binding(binding.slug)}>
                      {binding.agent.name}
                      <span className="visually-hidden">
                        {' '}
                        on {binding.tool.name}, {binding.environment}
                      </span>
                    </TextLink>
                    {binding.environment !== 'production' && <small>{binding.environment}</small>}
                  </th>
                  <td className={table.tool} title={binding.tool.name}>
                    <ToolLink slug={binding.tool.slug} name={binding.tool.name} />
                  </td>
                  <td>
                    <PathModeMark mode={binding.mode} />
                  </td>
                  <td>
                    {binding.position + 1} of {binding.steps}
                  </td>
                  <td>
                    <BindingStateBadge state={binding.state} />
                  </td>
                  <td>
                    <RiskBadge risk={binding.risk} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollFrame>
      )}
    </Panel>
  )
}
