import type { Metadata } from 'next'
import Link from 'next/link'
import { EmptyState } from '@/components/empty-state'
import { LinkButton } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { Problem } from '@/components/problem'
import { StatTile } from '@/components/stat-tile'
import { exactTime } from '@/components/time'
import { type ComparedKind, comparedKinds, type How, howsOf } from '@/lib/history/compare/kinds'
import type { ComparisonView } from '@/lib/history/compare/model'
import { read } from '@/lib/http/page-data'
import { urls } from '@/lib/urls'
import { DomainError } from '@/lib/use-cases/errors'
import { one, oneOf, type SearchParams } from '../list-query'
import classes from './compare.module.css'
import { DifferenceList } from './difference-list'
import { GapsBySeverity, MovedByLayer } from './pictures'
import { SpanForm } from './span-form'
import { howTitles, kindTitles } from './words'

export const metadata: Metadata = { title: 'Compare two instants' }

type Asked = { from?: string | undefined; to?: string | undefined }

/** The comparison, or why there is none. */
async function compared(asked: Asked): Promise<ComparisonView | string> {
  try {
    return await read('history.compare', asked)
  } catch (error) {
    if (error instanceof DomainError && error.code === 'invalid_input') return error.message
    throw error
  }
}

export default async function ComparePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams
  const asked = { from: one(params, 'from'), to: one(params, 'to') }
  const kind = oneOf(comparedKinds, params, 'kind')
  const how = kind && oneOf(howsOf(kind), params, 'how')
  const [comparison, { beginning, now }] = await Promise.all([compared(asked), read('history.span', {})])
  const refused = typeof comparison === 'string'
  return (
    <>
      <PageHeader
        title="Compare two instants"
        meta={
          refused ? undefined : (
            <span>{`What differs between ${exactTime(comparison.from)} and ${exactTime(comparison.to)}`}</span>
          )
        }
      />
      <div className={classes.page}>
        {refused && <Problem text={comparison} />}
        {beginning !== null && (
          <Panel>
            <SpanForm
              key={refused ? 'none' : `${comparison.from} ${comparison.to}`}
              from={refused ? beginning : comparison.from}
              to={refused ? now : comparison.to}
              untilNow={refused || asked.to === undefined}
              kind={kind}
              how={how}
              beginning={beginning}
              now={now}
            />
          </Panel>
        )}
        {!refused && <Differences comparison={comparison} kind={kind} how={how} />}
      </div>
    </>
  )
}

interface DifferencesProps {
  comparison: ComparisonView
  kind: ComparedKind | undefined
  how: How | undefined
}

function Differences({ comparison, kind, how }: DifferencesProps) {
  const { from, to, counts, gapsBySeverity, movedByLayer } = comparison
  if (counts.length === 0)
    return (
      <Panel>
        <EmptyState action={<LinkButton href={urls.audit({ from, until: to })}>Open the audit log</LinkButton>}>
          Nothing differs between these instants. Choose others, or look for what was changed and changed back in the
          audit log.
        </EmptyState>
      </Panel>
    )
  const of = (wanted: ComparedKind, ...ways: How[]) =>
    counts
      .filter((row) => row.kind === wanted && (ways.length === 0 || ways.includes(row.how)))
      .reduce((total, { count }) => total + count, 0)
  const total = counts.reduce((sum, { count }) => sum + count, 0)
  const shown = kind ?? comparedKinds.find((each) => of(each) > 0) ?? 'owner'
  const link = (wanted: ComparedKind, way?: How) => urls.compare({ from, to, kind: wanted, how: way })
  return (
    <>
      <div className={classes.tiles}>
        <StatTile label="Owners moved" value={of('owner', 'moved')} href={link('owner', 'moved')} />
        <StatTile label="Gaps opened" value={of('gap', 'opened')} href={link('gap', 'opened')} />
        <StatTile label="Gaps closed" value={of('gap', 'closed')} href={link('gap', 'closed')} />
        <StatTile label="Bindings added or changed" value={of('binding')} href={link('binding')} />
        <StatTile label="Differences in all" value={total} />
      </div>
      <div className={classes.pictures}>
        <GapsBySeverity gaps={gapsBySeverity} />
        <MovedByLayer layers={movedByLayer} />
      </div>
      <nav className={classes.kinds} aria-label="What differs">
        {comparedKinds
          .filter((each) => of(each) > 0 || each === shown)
          .map((each) => (
            <Link
              key={each}
              href={link(each)}
              prefetch={false}
              scroll={false}
              className={classes.kind}
              aria-current={each === shown ? 'true' : undefined}
            >
              {kindTitles[each]}
              <b>{of(each).toLocaleString('en')}</b>
            </Link>
          ))}
      </nav>
      <Kind comparison={comparison} kind={shown} how={how} />
    </>
  )
}

async function Kind({ comparison: { from, to, counts }, kind, how }: DifferencesProps & { kind: ComparedKind }) {
  const first = await read('history.changes', { from, to, kind, how })
  const ways = counts.filter((row) => row.kind === kind)
  return (
    <Panel
      title={how ? `${kindTitles[kind]}: ${howTitles[how].toLowerCase()}` : kindTitles[kind]}
      flush
      aside={
        <nav className={classes.ways} aria-label="In which way">
          {ways.map((way) => (
            <Link
              key={way.how}
              href={urls.compare({ from, to, kind, how: way.how === how ? undefined : way.how })}
              prefetch={false}
              scroll={false}
              aria-current={way.how === how ? 'true' : undefined}
            >
              {`${way.count.toLocaleString('en')} ${howTitles[way.how].toLowerCase()}`}
            </Link>
          ))}
        </nav>
      }
    >
      {first.rows.length === 0 ? (
        <EmptyState
          action={
            <LinkButton href={urls.compare({ from, to })} variant="default">
              Show what differs
            </LinkButton>
          }
        >
          Nothing of this kind differs in this way.
        </EmptyState>
      ) : (
        <DifferenceList key={`${from} ${to} ${kind} ${how}`} first={first} from={from} to={to} kind={kind} how={how} />
      )}
    </Panel>
  )
}
