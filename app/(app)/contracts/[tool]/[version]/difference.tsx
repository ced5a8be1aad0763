import { IconArrowsExchange, IconMinus, IconPlus, type TablerIcon } from '@tabler/icons-react'
import { Digest } from '@/components/digest'
import { TextLink } from '@/components/links'
import { Panel } from '@/components/panel'
import type { LimitsChange } from '@/lib/contracts/diff'
import type { OutputOf } from '@/lib/http/client'
import { urls } from '@/lib/urls'
import classes from './difference.module.css'
import { type FoldedRow, folded } from './folded'

type Diff = OutputOf<'contracts.diff'>

const kinds: Record<LimitsChange['kind'], { icon: TablerIcon; word: string }> = {
  added: { icon: IconPlus, word: 'Added' },
  removed: { icon: IconMinus, word: 'Removed' },
  changed: { icon: IconArrowsExchange, word: 'Changed' },
}

/** What differs between two versions: in words, and line by line in canonical order. */
export function Difference({ difference: { from, to, changes, rows }, tool }: { difference: Diff; tool: string }) {
  return (
    <Panel
      title={`Version ${to.version} compared with version ${from.version}`}
      aside={<TextLink href={urls.contract(tool, to.version)}>Stop comparing</TextLink>}
      flush
    >
      {changes.length === 0 ? (
        <p className={classes.none}>They say the same: both have the digest {<Digest digest={to.digest} />}.</p>
      ) : (
        <>
          <ul className={classes.changes} aria-label="Changes in words">
            {changes.map(({ kind, text }) => {
              const { icon: Icon, word } = kinds[kind]
              return (
                <li key={text} data-kind={kind}>
                  <Icon size={14} stroke={2.2} aria-label={word} />
                  {text}
                </li>
              )
            })}
          </ul>
          <div className={classes.heads}>
            <span>
              Version {from.version} <Digest digest={from.digest} />
            </span>
            <span>
              Version {to.version} <Digest digest={to.digest} />
            </span>
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls has to be in reach of the keyboard */}
          <section className={classes.lines} aria-label="Line by line" tabIndex={0}>
            {folded(rows).map((row) => (
              <Row key={row.key} row={row} />
            ))}
          </section>
        </>
      )}
    </Panel>
  )
}

function Row({ row }: { row: FoldedRow }) {
  if (row.kind === 'fold') return <div className={classes.fold}>{row.count} equal lines</div>
  const { left, right, same } = row.row
  return (
    <div className={classes.row} data-same={same || undefined}>
      {left ? <Side as={same ? 'span' : 'del'} line={left} /> : <span className={classes.gap} />}
      {right ? <Side as={same ? 'span' : 'ins'} line={right} /> : <span className={classes.gap} />}
    </div>
  )
}

function Side({ as: Tag, line }: { as: 'span' | 'del' | 'ins'; line: { number: number; text: string } }) {
  return (
    <Tag className={classes.side}>
      <small aria-hidden>{line.number}</small>
      <code>{line.text}</code>
    </Tag>
  )
}
