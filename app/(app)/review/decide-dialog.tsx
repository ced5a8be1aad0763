'use client'

import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { FormFoot } from '@/components/form-foot'
import { Problem } from '@/components/problem'
import { verdictTitles } from '@/components/recertification/campaign-words'
import { ReferenceSelect } from '@/components/registry/reference-select'
import { useAttempt } from '@/components/use-attempt'
import type { Verdict } from '@/lib/recertification/model'
import type { ReviewRow } from '@/lib/recertification/reviews/model'
import { nothingSaid, type Said, wordsNeeded } from './deciding'
import classes from './review.module.css'
import { subjectTitle } from './row-facts'

const effects: Record<Verdict, string> = {
  certify: 'It is still needed as it is.',
  reassign: 'Another team is asked to take it. It is theirs once they accept.',
  revoke: 'It ends when the campaign is closed, and is followed up until it is gone where it is granted.',
  not_mine: 'Somebody else is asked instead. Say who knows, if you can.',
  defer: 'It comes back to you on that day. This can be done once.',
}

interface DecideDialogProps {
  verdict: Verdict
  items: readonly ReviewRow[]
  onClose: () => void
  /** Throws what is wrong; then nothing typed is lost. */
  onSend: (said: Said) => Promise<void>
}

/** Asks for what a verdict needs: words, a team, a day. */
export function DecideDialog({ verdict, items, onClose, onSend }: DecideDialogProps) {
  const [said, setSaid] = useState<Said>(nothingSaid)
  const [missing, setMissing] = useState<ReadonlySet<string>>(new Set())
  const { own, shared } = wordsNeeded(verdict, items)
  const { pending, problem, run } = useAttempt(() => onSend(said), onClose)
  const [only, ...others] = items
  const title =
    only && others.length === 0
      ? `${verdictTitles[verdict]}: ${subjectTitle(only)}`
      : `${verdictTitles[verdict]}: ${items.length.toLocaleString('en')} items`

  const begins = verdict === 'reassign' || verdict === 'defer' ? verdict : own.length < items.length ? 'comment' : 'own'

  function submit(event: FormEvent) {
    event.preventDefault()
    const empty = new Set([
      ...own.map(({ id }) => id).filter((id) => !said.own[id]?.trim()),
      ...(shared && !said.comment.trim() ? ['comment'] : []),
      ...(verdict === 'reassign' && !said.toTeam ? ['toTeam'] : []),
      ...(verdict === 'defer' && !said.deferUntil ? ['deferUntil'] : []),
    ])
    setMissing(empty)
    if (empty.size === 0) run()
  }

  const error = (field: string, message: string) => missing.has(field) && message
  return (
    <Modal opened onClose={onClose} title={title} size="lg" classNames={{ title: classes.dialogTitle }}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text size="sm">{effects[verdict]}</Text>
          {verdict === 'reassign' && (
            <Group grow align="flex-start">
              <ReferenceSelect
                kind="team"
                label="Team"
                required
                data-autofocus
                value={said.toTeam || null}
                error={error('toTeam', 'Choose a team')}
                onChange={(toTeam) => setSaid({ ...said, toTeam: toTeam ?? '' })}
              />
              <ReferenceSelect
                kind="person"
                label="Accountable there"
                clearable
                value={said.toPerson || null}
                onChange={(toPerson) => setSaid({ ...said, toPerson: toPerson ?? '' })}
              />
            </Group>
          )}
          {verdict === 'defer' && (
            <TextInput
              type="date"
              label="Comes back on"
              required
              data-autofocus
              value={said.deferUntil}
              error={error('deferUntil', 'Choose a day')}
              onChange={({ currentTarget }) => setSaid({ ...said, deferUntil: currentTarget.value })}
            />
          )}
          {own.length < items.length && (
            <Textarea
              label={
                own.length > 0 ? `Comment on the other ${(items.length - own.length).toLocaleString('en')}` : 'Comment'
              }
              required={shared}
              autosize
              minRows={2}
              maxRows={6}
              {...(begins === 'comment' && { 'data-autofocus': true })}
              value={said.comment}
              error={error('comment', 'Say why')}
              onChange={({ currentTarget }) => setSaid({ ...said, comment: currentTarget.value })}
            />
          )}
          {own.length > 0 && (
            <Stack gap="xs" className={classes.ownComments}>
              <Text size="sm">
                {only && others.length === 0
                  ? `${only.risk === 'critical' ? 'Critical' : 'High'} risk: say why.`
                  : `High and critical risk: ${own.length === 1 ? 'this one needs' : 'each needs'} a comment of its own.`}
              </Text>
              {own.map((item, index) => (
                <Textarea
                  key={item.id}
                  label={others.length === 0 ? 'Comment' : subjectTitle(item)}
                  {...(others.length > 0 && { description: item.intent ?? 'No approved intent' })}
                  required
                  autosize
                  minRows={others.length === 0 ? 2 : 1}
                  maxRows={6}
                  {...(index === 0 && begins === 'own' && { 'data-autofocus': true })}
                  value={said.own[item.id] ?? ''}
                  error={error(item.id, 'Say why')}
                  onChange={({ currentTarget }) =>
                    setSaid({ ...said, own: { ...said.own, [item.id]: currentTarget.value } })
                  }
                />
              ))}
            </Stack>
          )}
          <Problem text={problem} />
          <FormFoot onCancel={onClose}>
            <Button type="submit" loading={pending} {...(verdict === 'revoke' && { color: 'red.8' })}>
              {verdictTitles[verdict]}
            </Button>
          </FormFoot>
        </Stack>
      </form>
    </Modal>
  )
}
