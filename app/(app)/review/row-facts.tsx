import { RiskBadge } from '@/components/badges'
import { LayerIcon } from '@/components/layer-icon'
import { TextLink } from '@/components/links'
import { StandingMark } from '@/components/recertification/campaign-marks'
import { reviewerReasonTitles } from '@/components/recertification/campaign-words'
import { type Fact, Facts } from '@/components/registry/facts'
import { RelativeTime } from '@/components/relative-time'
import type { Standing } from '@/lib/recertification/model'
import type { ReviewRow } from '@/lib/recertification/reviews/model'
import { urls } from '@/lib/urls'
import { GapList } from './gap-list'
import { Reasons } from './recommendation'
import classes from './review.module.css'

type Peers = NonNullable<ReviewRow['peers']>

/** What an item is about, as a heading: agent and tool, or team, layer and place. */
export function subjectTitle(row: ReviewRow): string {
  if (row.campaign.kind === 'access') return `${row.agent?.name ?? row.subject} → ${row.tool?.name ?? ''}`
  const place = row.subject.split(':').slice(2).join(':')
  return `${row.team?.name ?? 'Nobody'} owns ${row.layer ?? 'it'}${place ? ` on ${row.agent?.name ?? row.tool?.name ?? place}` : ' everywhere'}`
}

/** Below the title: what changed, which layer, and what it is for. */
export function RowPurpose({ row }: { row: ReviewRow }) {
  const [change] = row.changes
  return (
    <span className={classes.purpose}>
      {row.layer && <LayerIcon layer={row.layer} label />}
      {change !== undefined && (
        <span className={classes.change} title={row.changes.join('\n')}>
          {change}
          {row.changes.length > 1 && ` +${row.changes.length - 1}`}
        </span>
      )}
      <span className={classes.intent} title={row.intent ?? undefined}>
        {row.intent ?? 'No approved intent'}
      </span>
    </span>
  )
}

const standingHints: Record<Standing, string> = {
  new: 'Never certified before',
  changed: 'Something has changed since it was last certified',
  unchanged: 'Nothing has changed since it was last certified',
  unknown: 'It was certified outside of campaigns, so nobody can tell what has changed since',
}

/** The facts of an item in columns, so that one can run down each of them; where there is no room, one after the other. */
export function RowLine({ row }: { row: ReviewRow }) {
  const { certified, lastUsedAt, gapCount, peers } = row
  return (
    <span className={classes.line}>
      <span>
        <RiskBadge risk={row.risk} />
      </span>
      <span title={standingHints[row.standing]}>
        <StandingMark standing={row.standing} />
      </span>
      <span title={certified?.by ? `by ${certified.by}` : undefined}>
        {certified ? (
          <>
            certified <RelativeTime at={certified.at} />
            {certified.by && ` by ${certified.by}`}
          </>
        ) : (
          'never certified'
        )}
      </span>
      <span>
        {gapCount === 0 ? (
          'no open gap'
        ) : (
          <b>
            {gapCount} open {gapCount === 1 ? 'gap' : 'gaps'}
          </b>
        )}
      </span>
      <span>
        {row.campaign.kind === 'access' &&
          (lastUsedAt ? (
            <>
              used <RelativeTime at={lastUsedAt} />
            </>
          ) : (
            'use unknown'
          ))}
      </span>
      <span title={peers ? peersHint(row, peers) : undefined}>
        {peers && peers.alike > 0 && `${peers.holding} of ${peers.alike} alike`}
      </span>
    </span>
  )
}

const peersHint = ({ campaign }: ReviewRow, { alike, holding }: Peers): string =>
  campaign.kind === 'access'
    ? `${holding} of ${alike} other agents of the same sponsor have this tool`
    : `The same team owns ${holding} of ${alike} others of its kind`

function ChangeList({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null
  return (
    <div>
      <h4>{title}</h4>
      <ul className={classes.changes}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  )
}

/** What speaks for which verdict, and what is behind the line. */
export function RowDetail({ row }: { row: ReviewRow }) {
  return (
    <div className={classes.detailBody}>
      {row.secondLook && (
        <p className={classes.secondLook}>The campaign lead asks for a second look: {row.secondLook}</p>
      )}
      <div className={classes.detailReasons}>
        <div>
          <h4>What the facts speak for</h4>
          <Reasons recommendation={row.recommendation} />
        </div>
        <ChangeList title="Changed since it was last certified" lines={row.changes} />
        <ChangeList title="Changed since the campaign started" lines={row.later} />
        {row.gaps.length > 0 && (
          <div>
            <h4>Open gaps</h4>
            <GapList row={row}>{({ title }) => title}</GapList>
          </div>
        )}
      </div>
      <div className={classes.detailFacts}>
        <Facts facts={factsOf(row)} />
        <TextLink href={urls.reviewItem(row.id)}>Everything about it</TextLink>
      </div>
    </div>
  )
}

function factsOf(row: ReviewRow): Fact[] {
  const { asked } = row
  return [
    {
      label: row.campaign.kind === 'access' ? 'Approved intent' : 'Set because',
      value: row.intent ?? 'Nobody approved any',
    },
    ...(row.actions.length > 0 ? [{ label: 'May', value: row.actions.join(', ') }] : []),
    ...(row.team ? [{ label: 'Team', value: row.team.name }] : []),
    ...(asked
      ? [
          {
            label: 'You are asked',
            value: `${reviewerReasonTitles[asked.because]}${asked.for ? `, for ${asked.for.name}` : ''}${asked.note ? ` (${asked.note})` : ''}`,
          },
          { label: 'Due', value: <RelativeTime at={asked.dueAt} /> },
        ]
      : []),
    { label: 'Campaign', value: row.campaign.name },
  ]
}
