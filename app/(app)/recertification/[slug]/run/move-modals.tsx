'use client'

import { NumberInput, Select, Text, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { api } from '@/components/api'
import { type Option, ReferenceSelect } from '@/components/registry/reference-select'
import { urls } from '@/lib/urls'
import { ActModal, ReasonField } from './act-modal'

const things = (count: number, thing: string) => `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`

interface MoveProps {
  slug: string
  version: number
  onClose: () => void
}

/** Gives reviewers more time, or less. */
export function ExtendModal({ slug, version, dueOn, onClose }: MoveProps & { dueOn: string | null }) {
  return (
    <ActModal
      title="Move the due day"
      initial={{ dueOn: dueOn ?? '', reason: '' }}
      required={{ dueOn: 'Choose a day', reason: 'Say why' }}
      confirmLabel="Move the due day"
      onClose={onClose}
      act={async ({ dueOn: day, reason }) => {
        await api('campaigns.extend', { slug, version, dueOn: day, reason: reason.trim() })
        notifications.show({ message: `It is due on ${day}.` })
      }}
    >
      {(form) => (
        <>
          <TextInput
            type="date"
            label="Due on"
            description="Until the end of that day, where each reviewer is"
            required
            data-autofocus
            {...form.getInputProps('dueOn')}
          />
          <ReasonField required {...form.getInputProps('reason')} />
        </>
      )}
    </ActModal>
  )
}

/** Has somebody else answer what is open for a reviewer. */
export function ReassignModal({ slug, version, onClose, people }: MoveProps & { people: readonly Option[] }) {
  return (
    <ActModal
      title="Reassign what is open for a reviewer"
      initial={{ from: null as string | null, to: null as string | null, reason: '' }}
      required={{ from: 'Choose whose items', to: 'Choose who is asked instead', reason: 'Say why' }}
      confirmLabel="Reassign"
      onClose={onClose}
      act={async ({ from, to, reason }) => {
        const whose = { from: from ?? '', to: to ?? '' }
        const moved = await api('campaigns.reassign', { slug, version, ...whose, reason: reason.trim() })
        const kept = moved.kept > 0 ? ` ${things(moved.kept, 'item')} stayed: nobody reviews what they answer for.` : ''
        notifications.show({ message: `${things(moved.reassigned, 'item')} reassigned.${kept}` })
      }}
    >
      {(form) => (
        <>
          <Select
            label="From"
            required
            searchable
            data={[...people]}
            placeholder="Whose open items"
            nothingFoundMessage="Nobody of that name has open items"
            {...form.getInputProps('from')}
          />
          <ReferenceSelect
            kind="person"
            label="To"
            required
            placeholder="Who is asked instead"
            {...form.getInputProps('to')}
          />
          <ReasonField required {...form.getInputProps('reason')} />
        </>
      )}
    </ActModal>
  )
}

/** Sends a sample of what was certified back to those who certified it. */
export function SecondLookModal({ slug, version, onClose, people }: MoveProps & { people: readonly Option[] }) {
  return (
    <ActModal
      title="Ask for a second look"
      initial={{ size: 5 as number | string, reviewer: null as string | null, request: '' }}
      required={{ size: 'Say how many', request: 'Say what to look at again' }}
      confirmLabel="Ask for a second look"
      onClose={onClose}
      act={async ({ size, reviewer, request }) => {
        const sample = { size: Number(size), ...(reviewer !== null && { reviewer }) }
        const { sentBack } = await api('campaigns.sendBack', { slug, version, sample, request: request.trim() })
        notifications.show({ message: `${things(sentBack, 'item')} sent back for a second look.` })
      }}
    >
      {(form) => (
        <>
          <Text size="sm">
            Items are drawn at random among those certified in this stage. They are open again for whoever certified
            them, with what you ask beside them.
          </Text>
          <NumberInput
            label="Items"
            required
            min={1}
            max={1000}
            allowDecimal={false}
            data-autofocus
            {...form.getInputProps('size')}
          />
          <Select
            label="Reviewer"
            description="Only what this person certified"
            searchable
            clearable
            data={[...people]}
            placeholder="Everybody"
            {...form.getInputProps('reviewer')}
          />
          <Textarea
            label="What to look at again"
            description="Shown beside each item"
            required
            autosize
            minRows={2}
            maxRows={8}
            {...form.getInputProps('request')}
          />
        </>
      )}
    </ActModal>
  )
}

/** A follow-up campaign about what nobody answered. */
export function AgainModal({ slug, onClose, name, unanswered }: MoveProps & { name: string; unanswered: number }) {
  const router = useRouter()
  return (
    <ActModal
      title="Ask again about what nobody answered"
      initial={{ name: `${name}, again`, reason: '' }}
      required={{ name: 'Give it a name' }}
      confirmLabel="Ask again"
      onClose={onClose}
      act={async ({ name: title, reason }) => {
        const given = { slug, name: title.trim(), ...(reason.trim() && { reason: reason.trim() }) }
        const { slug: again } = await api('campaigns.reiterate', given)
        router.push(urls.campaign(again))
      }}
    >
      {(form) => (
        <>
          <Text size="sm">
            {things(unanswered, 'item')} nobody answered {unanswered === 1 ? 'is' : 'are'} asked about again, in a
            campaign of its own that starts at once. What was decided stands.
          </Text>
          <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
          <ReasonField {...form.getInputProps('reason')} />
        </>
      )}
    </ActModal>
  )
}
