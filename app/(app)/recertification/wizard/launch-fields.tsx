'use client'

import { Checkbox, Radio, Select, Stack, Switch, TextInput } from '@mantine/core'
import { campaignLaunchTitles, certificationEventTitles } from '@/components/recertification/campaign-words'
import { campaignLaunches, certificationEventKinds } from '@/lib/recertification/model'
import { DurationInput } from './duration-input'
import type { CampaignForm } from './use-campaign-form'
import classes from './wizard.module.css'

const launchMeanings = {
  hand: 'Somebody makes a campaign from it when they want to',
  recurring: 'On a day, and again every so often from it',
  cadence: 'Collects what is due by the pace of its risk, and nothing else',
  event: 'At once, about just what a change has touched',
}

/** When a template launches by itself. */
export function LaunchFields({ form }: { form: CampaignForm }) {
  const { launch } = form.values.schedule
  return (
    <div className={classes.fields}>
      <Radio.Group label="It launches" {...form.getInputProps('schedule.launch')}>
        <Stack gap={6} mt={4}>
          {campaignLaunches.map((value) => (
            <Radio
              key={value}
              size="md"
              value={value}
              label={campaignLaunchTitles[value]}
              description={launchMeanings[value]}
            />
          ))}
        </Stack>
      </Radio.Group>
      {launch === 'event' && (
        <Checkbox.Group label="When" {...form.getInputProps('schedule.events')}>
          <Stack gap={6} mt={4}>
            {certificationEventKinds.map((event) => (
              <Checkbox key={event} size="md" value={event} label={certificationEventTitles[event]} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
      {(launch === 'recurring' || launch === 'cadence') && (
        <div className={classes.pair}>
          {launch === 'recurring' ? (
            <TextInput type="date" label="First on" required {...form.getInputProps('schedule.first')} />
          ) : (
            <TextInput
              label="Days ahead"
              description="How long before a certification runs out its access is asked about"
              inputMode="numeric"
              required
              {...form.getInputProps('schedule.leadDays')}
            />
          )}
          <DurationInput label="Every" required {...form.getInputProps('schedule.every')} />
          <Select
            label="Time zone"
            description="Where its days begin"
            searchable
            allowDeselect={false}
            data={timeZones(form.values.schedule.timeZone)}
            {...form.getInputProps('schedule.timeZone')}
          />
        </div>
      )}
      {launch !== 'hand' && (
        <Switch
          size="sm"
          label="Launches by itself from now on"
          {...form.getInputProps('enabled', { type: 'checkbox' })}
        />
      )}
    </div>
  )
}

/** Every time zone this browser knows, and the one that is chosen. */
const timeZones = (chosen: string) => [...new Set(['UTC', chosen, ...Intl.supportedValuesOf('timeZone')])]
