import { IconArrowRight } from '@tabler/icons-react'
import type { Metadata } from 'next'
import { cache } from 'react'
import { BindingStateBadge, GapStateBadge, RiskBadge, SeverityBadge } from '@/components/badges'
import { LayerIcon } from '@/components/layer-icon'
import { LinkButton, PointLink, TextLink } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { RelativeTime } from '@/components/relative-time'
import type { GapDetail } from '@/lib/gaps/shapes'
import { pageMay, read } from '@/lib/http/page-data'
import { urls } from '@/lib/urls'
import { HistoryOf } from '../../history-of'
import { words } from '../../list-query'
import { readViewer } from '../../viewer'
import classes from '../gaps.module.css'
import { ExceptionPanel } from './exception-panel'
import { GapHistory } from './history'
import { mendOf, placeOf } from './mend'
import { RecheckButton } from './recheck-button'
import { WorkPanel } from './work-panel'

interface GapPageProps {
  params: Promise<{ id: string }>
}

const gapAt = cache(async (id: string) => await read('gaps.get', { id }))

export async function generateMetadata({ params }: GapPageProps): Promise<Metadata> {
  const gap = await gapAt((await params).id)
  return { title: `${gap.title}: ${gap.subject.name}` }
}

export default async function GapPage({ params }: GapPageProps) {
  const gap = await gapAt((await params).id)
  const [viewer, comments, setting, exception, mayRecheck] = await Promise.all([
    readViewer(),
    read('gaps.comments', { id: gap.id, limit: 50 }),
    read('settings.policy.get', {}),
    gap.exception ? read('exceptions.get', { id: gap.exception.id }) : null,
    pageMay('gaps.recheck'),
  ])
  const mend = mendOf(gap)
  const place = placeOf(gap)
  return (
    <>
      <PageHeader
        title={gap.title}
        breadcrumbs={[{ title: 'Gaps', href: urls.gaps() }]}
        badges={
          <>
            <SeverityBadge severity={gap.severity} />
            <GapStateBadge state={gap.state} />
          </>
        }
        meta={<Meta gap={gap} />}
        actions={
          <>
            {gap.state !== 'resolved' && <RecheckButton id={gap.id} can={mayRecheck} />}
            <LinkButton
              href={place.href}
              {...(mend ? { variant: 'default' } : { rightSection: <IconArrowRight size={14} /> })}
            >
              {place.label}
            </LinkButton>
            {mend && (
              <LinkButton href={mend.href} rightSection={<IconArrowRight size={14} />}>
                {mend.label}
              </LinkButton>
            )}
          </>
        }
      />
      <div className={classes.columns}>
        <div className={classes.stack}>
          <Panel title={gap.state === 'resolved' ? 'What was found' : 'What is wrong'}>
            <p className={classes.found}>{gap.explanation}</p>
            <p className={classes.prose}>
              <span className={classes.dim}>Why it matters: {gap.why}</span>
            </p>
          </Panel>
          <Panel title="How to mend it">
            <p className={classes.prose}>{gap.fix}</p>
            <p className={classes.prose}>
              <span className={classes.dim}>
                The rule fires when: {gap.when} <TextLink href={urls.rule(gap.rule)}>Its limits</TextLink>
              </span>
            </p>
          </Panel>
          <Bindings gap={gap} />
          <GapHistory gap={gap} comments={comments} />
          <HistoryOf about={`gap:${gap.id}`} title="In the audit log" />
        </div>
        <div className={classes.stack}>
          <WorkPanel gap={gap} me={viewer.person} />
          <ExceptionPanel gap={gap} exception={exception} daysMax={setting.policy.exceptionDaysMax} />
          <Panel title="Controls it is evidence for" flush>
            <Controls controls={gap.controls} />
          </Panel>
        </div>
      </div>
    </>
  )
}

function Meta({ gap: { layer, subject, point, since, rule } }: { gap: GapDetail }) {
  return (
    <>
      {layer && <LayerIcon layer={layer} label />}
      <span>
        {words(subject.type)} {subject.name}
      </span>
      {point && (
        <span>
          at <PointLink slug={point.slug} name={point.name} />
        </span>
      )}
      <span>
        open since <RelativeTime at={since} />
      </span>
      <TextLink href={urls.rule(rule)}>
        <code>{rule}</code>
      </TextLink>
    </>
  )
}

function Bindings({ gap }: { gap: GapDetail }) {
  const { rows, more } = gap.bindings
  return (
    <Panel title="Affected bindings" aside={gap.affected.toLocaleString('en')} flush>
      <ul className={classes.list}>
        {rows.map((binding) => (
          <li key={binding.id}>
            <span className={classes.grow}>
              <TextLink href={urls.binding(binding.slug)} listItem>
                {binding.agent.name} → {binding.tool.name}
              </TextLink>
            </span>
            <RiskBadge risk={binding.risk} />
            <BindingStateBadge state={binding.state} />
          </li>
        ))}
        {rows.length === 0 && <li className={classes.dim}>None: it concerns the {gap.subject.type} itself.</li>}
        {more && <li className={classes.dim}>The first {rows.length} are shown.</li>}
      </ul>
    </Panel>
  )
}

function Controls({ controls }: Pick<GapDetail, 'controls'>) {
  return (
    <ul className={classes.list}>
      {controls.map(({ framework, id, title, reason }) => (
        <li key={`${framework.key}${id}`}>
          <span className={classes.grow}>
            <TextLink href={urls.framework(framework.key)}>
              {framework.title} {id}
            </TextLink>{' '}
            {title}
            <br />
            <span className={classes.dim}>{reason}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}
