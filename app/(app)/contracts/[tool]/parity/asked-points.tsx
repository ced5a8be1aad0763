import { IconArrowRight, IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react'
import { PointLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { pointKindTitles } from '@/components/registry/titles'
import type { ToolParity } from '@/lib/contracts/parity/model'
import classes from './parity.module.css'

const credentialWords = {
  none: 'no credential',
  bearer: 'with a bearer token',
  mtls: 'with a client certificate',
} as const

/** The points on the way to a tool, in call order, and whether each can be asked. */
export function AskedPoints({ points }: Pick<ToolParity, 'points'>) {
  return (
    <Panel title="Points on the way" flush>
      {points.length === 0 ? (
        <p className={classes.none}>No active binding to this tool has an enforcement path.</p>
      ) : (
        <ol className={classes.points}>
          {points.map(({ id, slug, name, kind, decisionEndpoint, credentialKind, bindings }, index) => (
            <li key={id}>
              {index > 0 && <IconArrowRight size={14} aria-hidden className={classes.arrow} />}
              <span className={classes.point}>
                <span>
                  <PointLink slug={slug} name={name} /> <small className={classes.aside}>{pointKindTitles[kind]}</small>
                </span>
                {decisionEndpoint === null ? (
                  <span className={classes.mark} data-tone="medium">
                    <IconPlugConnectedX size={14} aria-hidden />
                    Cannot be asked: no AuthZEN address
                  </span>
                ) : (
                  <span className={classes.mark} data-tone="plain">
                    <IconPlugConnected size={14} aria-hidden />
                    <span>
                      <code className={classes.address}>{decisionEndpoint}</code>, {credentialWords[credentialKind]}
                    </span>
                  </span>
                )}
                <small className={classes.aside}>
                  on the way of {bindings} active {bindings === 1 ? 'binding' : 'bindings'}
                </small>
              </span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}
