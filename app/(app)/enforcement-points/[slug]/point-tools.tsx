import { TextLink, ToolLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { Quiet } from '@/components/registry/quiet'
import classes from '@/components/registry/registry.module.css'
import { toolKindTitles } from '@/components/registry/titles'
import type { PointDetail } from '@/lib/registry/points/model'
import { urls } from '@/lib/urls'

/** The tools whose work happens here, so that their limits have to be honoured here. */
export function PointTools({ slug, tools }: Pick<PointDetail, 'slug' | 'tools'>) {
  const count = tools.rows.length
  return (
    <Panel
      title={
        count === 0
          ? 'Application of'
          : `Application of ${count}${tools.more ? '+' : ''} ${count === 1 ? 'tool' : 'tools'}`
      }
      aside={count > 0 && <TextLink href={urls.tools({ application: slug })}>In the list of tools</TextLink>}
      flush
    >
      {count === 0 ? (
        <p className={classes.none}>No tool names it as its application.</p>
      ) : (
        <ul className={classes.list}>
          {tools.rows.map((tool) => (
            <li key={tool.id} className={classes.line}>
              <ToolLink slug={tool.slug} name={tool.name} />
              {tool.lifecycle === 'retired' && <Quiet>retired</Quiet>}
              <span className={classes.end}>{toolKindTitles[tool.kind]}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
