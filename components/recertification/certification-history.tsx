import type { HistoryEntry } from '@/lib/recertification/history/model'
import { urls } from '@/lib/urls'
import { LayerIcon } from '../layer-icon'
import { TextLink } from '../links'
import { Panel } from '../panel'
import classes from '../registry/registry.module.css'
import { RelativeTime } from '../relative-time'
import { askedWords } from './certification-words'

type Asked = Extract<HistoryEntry, { type: 'asked' }>
type Happened = Extract<HistoryEntry, { type: 'event' }>

function AskedLine({ entry }: { entry: Asked }) {
  const { campaign, answer, because, layer } = entry
  return (
    <li className={classes.event}>
      <div className={classes.line}>
        <span>
          {layer !== null && (
            <>
              <LayerIcon layer={layer} label />{' '}
            </>
          )}
          <b>{askedWords(entry)}</b>
          {answer !== null && ` by ${answer.by}`} in{' '}
          <TextLink href={urls.campaign(campaign.slug)}>{campaign.name}</TextLink>
        </span>
        <span className={classes.end}>
          <RelativeTime at={entry.at} />
        </span>
      </div>
      {because !== null && <p>Asked because: {because}</p>}
      {answer?.comment && <p className={classes.reason}>“{answer.comment}”</p>}
    </li>
  )
}

function EventLine({ entry: { words, campaign, at } }: { entry: Happened }) {
  return (
    <li className={classes.event}>
      <div className={classes.line}>
        <span>
          <b>No earlier certification holds</b>: {words}
          {campaign !== null && (
            <>
              ; asked again in <TextLink href={urls.campaign(campaign.slug)}>{campaign.name}</TextLink>
            </>
          )}
        </span>
        <span className={classes.end}>
          <RelativeTime at={at} />
        </span>
      </div>
    </li>
  )
}

/**
 * Every campaign that asked about a thing with what came of it, and what took its certification away, newest first.
 * Without any it says `none`, or nothing at all.
 */
export function CertificationHistory({ entries, none }: { entries: readonly HistoryEntry[]; none?: string }) {
  if (entries.length === 0 && none === undefined) return null
  return (
    <Panel title="Certification history" flush>
      {entries.length === 0 ? (
        <p className={classes.none}>{none}</p>
      ) : (
        <ol className={classes.list}>
          {entries.map((entry) =>
            entry.type === 'asked' ? (
              <AskedLine key={entry.item} entry={entry} />
            ) : (
              <EventLine key={`${entry.kind} ${entry.at} ${entry.words}`} entry={entry} />
            ),
          )}
        </ol>
      )}
    </Panel>
  )
}
