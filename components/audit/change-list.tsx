import type { AuditEventView } from '@/lib/audit/service'
import classes from './audit.module.css'
import { diffBetween, type FieldDiff } from './diff'

/** What an event changed, field by field: from what to what, and what came to lists and went from them. */
export function ChangeList({
  event,
  max,
}: {
  event: Pick<AuditEventView, 'before' | 'after' | 'names'>
  max?: number
}) {
  const changes = diffBetween(event.before, event.after, event.names)
  if (changes.length === 0) return null
  const shown = max === undefined ? changes : changes.slice(0, max)
  // Of what came or went there is one value a field: they read as one passage rather than line by line.
  const isWhole = event.before === null || event.after === null
  return (
    <>
      <dl className={classes.changes} data-whole={isWhole || undefined}>
        {shown.map((change) => (
          <Change
            key={change.field}
            change={change}
            partsMax={max === undefined ? Number.POSITIVE_INFINITY : partsShown}
          />
        ))}
      </dl>
      {shown.length < changes.length && (
        <p className={classes.quiet}>{`and ${changes.length - shown.length} more fields`}</p>
      )}
    </>
  )
}

/** Of a long list, how many parts are shown where the changes of many events stand below one another. */
const partsShown = 8

function Change({ change, partsMax }: { change: FieldDiff; partsMax: number }) {
  return (
    <div>
      <dt>{change.field}</dt>
      {change.kind === 'list' ? (
        <dd>
          <ul className={classes.list}>
            <Parts sign="−" word="removed" texts={told(change.removed)} max={partsMax} />
            <Parts sign="+" word="added" texts={told(change.added)} max={partsMax} />
            {change.kept > 0 && <li className={classes.quiet}>{`${change.kept.toLocaleString('en')} stayed`}</li>}
          </ul>
        </dd>
      ) : (
        <dd>
          {change.was !== null && <del>{change.was}</del>}
          {change.was !== null && <span aria-hidden>→</span>}
          <ins>{change.is ?? 'nothing'}</ins>
        </dd>
      )}
    </div>
  )
}

/** Each text once; one that came or went several times says how often. */
function told(texts: readonly string[]): string[] {
  const times = new Map<string, number>()
  for (const text of texts) times.set(text, (times.get(text) ?? 0) + 1)
  return [...times].map(([text, count]) => (count === 1 ? text : `${text} (${count} times)`))
}

function Parts({ sign, word, texts, max }: { sign: string; word: string; texts: readonly string[]; max: number }) {
  const rest = texts.length - max
  return (
    <>
      {texts.slice(0, max).map((text) => (
        <Part key={text} sign={sign} word={word} text={text} />
      ))}
      {rest > 0 && <li className={classes.quiet}>{`and ${rest.toLocaleString('en')} more ${word}`}</li>}
    </>
  )
}

function Part({ sign, word, text }: { sign: string; word: string; text: string }) {
  const Tag = sign === '+' ? 'ins' : 'del'
  return (
    <li>
      <span className={classes.sign} data-sign={sign} role="img" aria-label={word}>
        {sign}
      </span>
      <Tag>{text}</Tag>
    </li>
  )
}
