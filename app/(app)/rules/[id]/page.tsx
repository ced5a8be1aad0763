import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { RiskBadge, SeverityBadge } from '@/components/badges'
import { LinkButton, TextLink } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { read } from '@/lib/http/page-data'
import { riskTiers } from '@/lib/registry/model'
import { urls } from '@/lib/urls'
import classes from '../../gaps/gaps.module.css'
import { limitsOf, shown, valueAt } from '../../settings/policy/fields'

interface RulePageProps {
  params: Promise<{ id: string }>
}

async function ruleOf({ params }: RulePageProps) {
  const { id } = await params
  const { rows: rules } = await read('rules.list', {})
  return rules.find((rule) => rule.id === id) ?? notFound()
}

export async function generateMetadata(props: RulePageProps): Promise<Metadata> {
  return { title: (await ruleOf(props)).title }
}

export default async function RulePage(props: RulePageProps) {
  const [rule, { policy }] = await Promise.all([ruleOf(props), read('settings.policy.get', {})])
  const limits = limitsOf(rule.id)
  return (
    <>
      <PageHeader
        title={rule.title}
        breadcrumbs={[{ title: 'Rules', href: urls.rules() }]}
        meta={<code>{rule.id}</code>}
        actions={
          <LinkButton href={urls.gaps({ rule: rule.id })} variant="default">
            Its open gaps
          </LinkButton>
        }
      />
      <div className={classes.columns}>
        <div className={classes.stack}>
          <Panel title="When it fires">
            <p className={classes.prose}>{rule.when}</p>
          </Panel>
          {limits.length > 0 && (
            <Panel title="Limits in force" aside={<TextLink href={urls.policy()}>Policy</TextLink>} flush>
              <ul className={classes.list}>
                {limits.map((field) => (
                  <li key={field.path}>
                    <span className={classes.grow}>
                      {field.meaning ? field.title : `${field.title} risk, certified again after`}
                    </span>
                    <b>{shown(valueAt(policy, field.path), field)}</b>
                  </li>
                ))}
              </ul>
            </Panel>
          )}
          <Panel title="Why it matters">
            <p className={classes.prose}>{rule.why}</p>
          </Panel>
          <Panel title="How to mend it">
            <p className={classes.prose}>{rule.fix}</p>
          </Panel>
          <Panel title="Severity by the risk of what it affects" flush>
            <ul className={classes.list}>
              {riskTiers.map((risk) => (
                <li key={risk}>
                  <span className={classes.grow}>
                    <RiskBadge risk={risk} />
                  </span>
                  <SeverityBadge severity={rule.severityByRisk[risk]} />
                </li>
              ))}
            </ul>
          </Panel>
        </div>
        <Panel title="Controls it is evidence for" flush>
          <ul className={classes.list}>
            {rule.controls.map(({ framework, id, title, reason }) => (
              <li key={`${framework.key}${id}`}>
                <span className={classes.grow}>
                  <b>
                    {framework.title} {id}
                  </b>{' '}
                  {title}
                  <div className={classes.dim}>{reason}</div>
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      </div>
    </>
  )
}
