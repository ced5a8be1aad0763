'use client'

import { Radio, Stack, Switch, TextInput } from '@mantine/core'
import { Notice } from '@/components/notice'
import { Panel } from '@/components/panel'
import { nonResponseTitles } from '@/components/recertification/campaign-words'
import { nonResponsePolicies } from '@/lib/recertification/model'
import { DurationInput } from './duration-input'
import type { CampaignForm } from './use-campaign-form'
import classes from './wizard.module.css'

/** What becomes of silence and of answers, and what reviewers hear when. */
export function RulesFields({ form }: { form: CampaignForm }) {
  return (
    <Panel title="Rules">
      <div className={classes.fields}>
        <Radio.Group label="What nobody answers" {...form.getInputProps('nonResponse')}>
          <Stack gap={6} mt={4}>
            {nonResponsePolicies.map((policy) => (
              <Radio key={policy} size="md" value={policy} label={nonResponseTitles[policy]} />
            ))}
          </Stack>
        </Radio.Group>
        {form.values.nonResponse === 'revoke' && (
          <Notice label="Silence revokes">
            Access that nobody answers for in time is taken away when the campaign closes.
          </Notice>
        )}
        <div className={classes.pair}>
          <DurationInput
            label="Challenge period"
            description="How long those affected may contest a revocation before it is applied"
            none="None"
            {...form.getInputProps('challengePeriod')}
          />
          <DurationInput
            label="Announce before the start"
            description="So long before, reviewers see what they will be asked"
            none="Not at all"
            {...form.getInputProps('announce')}
          />
          <TextInput
            label="Reminders"
            description="Days before the due day on which those with open items are reminded"
            placeholder="None"
            {...form.getInputProps('reminderDays')}
          />
          <Radio.Group label="When the last stage is over" {...form.getInputProps('closes')}>
            <Stack gap={6} mt={4}>
              <Radio size="md" value="by_itself" label="It closes by itself and applies the answers" />
              <Radio size="md" value="by_hand" label="It waits for somebody to close it" />
            </Stack>
          </Radio.Group>
        </div>
        <Switch
          size="sm"
          label="People may review what they answer for themselves"
          {...form.getInputProps('selfReview', { type: 'checkbox' })}
        />
        {form.values.selfReview && (
          <Notice label="Self-review is allowed">
            Nobody certifies what they are accountable for, unless a campaign says so. This one does; its report and
            every reviewer will see that.
          </Notice>
        )}
      </div>
    </Panel>
  )
}
