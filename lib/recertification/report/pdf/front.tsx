import { Text, View } from '@react-pdf/renderer'
import { Facts, Section, Tile } from '@/lib/pdf/parts'
import { styles } from '@/lib/pdf/styles'
import type { CampaignReport } from '../model'
import { instant, number, percent } from '../texts'
import { kindTitles, stateTitles, triggerTitles } from '../words'
import { OutcomeBar, OutcomeLegend } from './charts'

/** What the report is about, and how it came out, at a glance. */
export function Front({ report }: { report: CampaignReport }) {
  const { campaign, totals, remediations, isFinal } = report
  const answered = totals.certify + totals.reassign + totals.revoke
  const revocations = remediations.open + remediations.evidenced + remediations.verified + remediations.reopened
  return (
    <View>
      <Text style={styles.eyebrow}>Recertification report</Text>
      <Text style={styles.title}>{campaign.name}</Text>
      {campaign.description !== '' && <Text style={styles.lead}>{campaign.description}</Text>}
      {!isFinal && (
        <View style={styles.notice}>
          <Text style={styles.strong}>Not final</Text>
          <Text>The campaign has not ended. This is how it stood at {instant(report.at)} UTC.</Text>
        </View>
      )}
      <Facts facts={factsOf(report)} />
      <View style={styles.tiles} wrap={false}>
        <Tile
          label="Items"
          value={number(totals.items)}
          note={totals.reviewers === 1 ? '1 person asked' : `${number(totals.reviewers)} people asked`}
        />
        <Tile label="Answered" value={percent(answered, totals.items)} note={`${number(answered)} items`} />
        <Tile label="Revoked" value={number(totals.revoke)} note={`${number(totals.reassign)} reassigned`} />
        <Tile label="No response" value={number(totals.no_response)} note={percent(totals.no_response, totals.items)} />
        <Tile
          label="Shown to be gone"
          value={revocations === 0 ? '–' : `${number(remediations.verified)} of ${number(revocations)}`}
          note={remediations.overdue > 0 ? `${number(remediations.overdue)} overdue` : 'of revoked access'}
        />
      </View>
      <View style={{ marginTop: 12, marginBottom: 18 }} wrap={false}>
        <OutcomeBar counts={totals} height={12} />
        <OutcomeLegend counts={totals} />
      </View>
    </View>
  )
}

function factsOf({ campaign, signature, at }: CampaignReport): (readonly [string, string | null])[] {
  const { template, parent, iterations } = campaign
  return [
    ['Kind', kindTitles[campaign.kind]],
    ['State', stateTitles[campaign.state]],
    ['Why', campaign.because ?? triggerTitles[campaign.trigger]],
    ['Made from', template && `the template ${template.name}`],
    ['Asks again about', parent?.name ?? null],
    ['Asked again by', iterations.map(({ name }) => name).join(', ')],
    ['Owner', campaign.owner],
    ['Made by', `${campaign.createdBy}, ${instant(campaign.createdAt)} UTC`],
    ['Picture taken', campaign.picturedAt && `${instant(campaign.picturedAt)} UTC`],
    ['Ended', campaign.endedAt && `${instant(campaign.endedAt)} UTC`],
    ['Reason for the end', campaign.endedReason],
    ['Signed', signature ? `by ${signature.by}, ${instant(signature.at)} UTC` : 'not signed'],
    ['Report made', `${instant(at)} UTC`],
  ]
}

/** What was asked about and by which rules. */
export function Rules({ report }: { report: CampaignReport }) {
  const { scope, policy, stages } = report
  return (
    <View>
      <Section title="What it asked about" together>
        <Text>{scope.all}</Text>
        {scope.narrowed.length > 0 && (
          <View style={{ marginTop: 4 }}>
            <Facts facts={scope.narrowed.map(({ by, to }) => [by, to] as const)} />
          </View>
        )}
      </Section>
      <Section title="By which rules" together>
        {policy.map((sentence) => (
          <Text key={sentence} style={styles.paragraph}>
            {sentence}
          </Text>
        ))}
      </Section>
      <Section title="Stages" together>
        {stages.map((stage) => (
          <View key={stage.number} style={{ marginBottom: 8 }} wrap={false}>
            <Text style={styles.strong}>
              {stage.number}. {stage.name}
            </Text>
            {stage.words.map((sentence) => (
              <Text key={sentence}>{sentence}</Text>
            ))}
            <Text style={styles.quiet}>{stageFigures(stage)}</Text>
          </View>
        ))}
      </Section>
    </View>
  )
}

function stageFigures(stage: CampaignReport['stages'][number]): string {
  if (stage.startedAt === null) return 'Not reached.'
  const when = `${instant(stage.startedAt)} to ${stage.endedAt ? instant(stage.endedAt) : `${stage.dueOn} (still open)`}`
  const parts = [
    `${number(stage.asked)} asked`,
    `${number(stage.answered)} answered`,
    `${number(stage.passedOn)} passed on`,
    `${number(stage.lapsed)} did not answer`,
  ]
  return `${when}${stage.extended ? ', extended once' : ''} · ${parts.join(' · ')}`
}
