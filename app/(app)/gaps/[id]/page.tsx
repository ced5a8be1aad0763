import { IconArrowRight } from '@tabler/icons-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { BindingStateBadge, GapStateBadge, RiskBadge, SeverityBadge } from '@/components/badges'
import { LayerIcon } from '@/components/layer-icon'
import { LinkButton, TextLink } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { RelativeTime } from '@/components/relative-time'
import type { GapDetail } from '@/lib/gaps/shapes'
import { read } from '@/lib/http/page-data'
import { urls } from '@/lib/urls'
import { words } from '../../list-query'
import classes from '../gaps.module.css'

interface GapPageProps {
  params: Promise<{ id: string }>
}

export async function generateMetadata({ params }: GapPageProps): Promise<Metadata> {
  const gap = await read('gaps.get', { id: (await params).id })
  return { title: `${gap.title}: ${gap.subject.name}` }
}

/** Where the subject of the gap can be mended. */
function placeOf({ subject, bindings }: GapDetail): { href: string; label: string } {
  switch (subject.type) {
    case 'agent':
      return { href: urls.agent(subject.slug), label: 'Open the agent' }
    case 'tool':
      return { href: urls.tool(subject.slug), label: 'Open the tool' }
    case 'binding':
      return { href: urls.binding(subject.slug), label: 'Open the binding' }
    case 'assignment': {
      const [layer, scope, ...rest] = subject.slug.split(':')
      const slug = rest.join(':')
      if (scope === 'agent') return { href: urls.agent(slug), label: 'Open the agent' }
      if (scope === 'tool') return { href: urls.tool(slug), label: 'Open the tool' }
      if (scope === 'enforcement_point')
        return { href: urls.enforcementPoint(slug), label: 'Open the enforcement point' }
      if (scope === 'binding') return { href: urls.binding(slug), label: 'Open the binding' }
      const [first] = bindings.rows
      return first
        ? { href: urls.binding(first.slug), label: 'Open a binding it affects' }
        : { href: urls.matrix({ layer }), label: 'Open the matrix' }
    }
  }
}

function Controls({ controls }: Pick<GapDetail, 'controls'>) {
  return (
    <ul className={classes.list}>
      {controls.map(({ framework, id, title, reason }) => (
        <li key={`${framework.key}${id}`}>
          <span className={classes.grow}>
            <b>
              {framework.title} {id}
            </b>{' '}
            {title}
            <br />
            <span className={classes.dim}>{reason}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}

function History({ history }: Pick<GapDetail, 'history'>) {
  return (
    <ul className={classes.list}>
      {history.map(({ at, from, to, actor, note }) => (
        <li key={`${at}${to}`}>
          <span className={classes.grow}>
            {from ? `${words(from)} → ${words(to)}` : words(to)} <span className={classes.dim}>by {actor}</span>
            {note && <div className={classes.dim}>{note}</div>}
          </span>
          <span className={classes.dim}>
            <RelativeTime at={at} />
          </span>
        </li>
      ))}
    </ul>
  )
}

export default async function GapPage({ params }: GapPageProps) {
  const gap = await read('gaps.get', { id: (await params).id })
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
        meta={
          <>
            {gap.layer && <LayerIcon layer={gap.layer} label />}
            <span>
              {words(gap.subject.type)} {gap.subject.name}
            </span>
            <span>
              open since <RelativeTime at={gap.since} />
            </span>
            <Link href={urls.rule(gap.rule)}>
              <code>{gap.rule}</code>
            </Link>
          </>
        }
        actions={
          <LinkButton href={place.href} rightSection={<IconArrowRight size={14} />}>
            {place.label}
          </LinkButton>
        }
      />
      <div className={classes.columns}>
        <div className={classes.stack}>
          <Panel title="What was found">
            <p className={classes.prose}>{gap.explanation}</p>
          </Panel>
          <Panel title="How to mend it">
            <p className={classes.prose}>{gap.fix}</p>
            <p className={classes.prose}>
              <span className={classes.dim}>Why it matters: {gap.why}</span>
            </p>
          </Panel>
          <Panel title="Affected bindings" aside={gap.affected.toLocaleString('en')} flush>
            <ul className={classes.list}>
              {gap.bindings.rows.map((binding) => (
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
              {gap.bindings.rows.length === 0 && (
                <li className={classes.dim}>None: it concerns the {gap.subject.type} itself.</li>
              )}
              {gap.bindings.more && <li className={classes.dim}>The first {gap.bindings.rows.length} are shown.</li>}
            </ul>
          </Panel>
        </div>
        <div className={classes.stack}>
          <Panel title="History" flush>
            <History history={gap.history} />
          </Panel>
          <Panel title="Controls it is evidence for" flush>
            <Controls controls={gap.controls} />
          </Panel>
        </div>
      </div>
    </>
  )
}
