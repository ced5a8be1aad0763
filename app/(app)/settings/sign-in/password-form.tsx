'use client'

import { PasswordInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { Problem } from '@/components/problem'
import { useSave } from '@/components/registry/use-save'
import classes from './sign-in.module.css'

const initial = { password: '' }

/** Chooses a password, or another one. */
export function PasswordForm({ hasPassword, email, can }: { hasPassword: boolean; email: string; can: true | string }) {
  const router = useRouter()
  const form = useForm({
    initialValues: initial,
    validate: { password: (value) => (value === '' ? 'Choose a password' : null) },
  })
  const { submit, pending, problem } = useSave({
    form,
    initial,
    save: async ({ password }) => {
      const { endedSessions } = await api('waysIn.setPassword', { password })
      const elsewhere = endedSessions > 0 ? ' You are signed out everywhere else.' : ''
      notifications.show({ message: `Your password is changed.${elsewhere}` })
    },
    onSaved: () => {
      form.reset()
      router.refresh()
    },
  })
  return (
    <form onSubmit={form.onSubmit(submit)} className={classes.form} noValidate>
      <input type="hidden" autoComplete="username" value={email} readOnly />
      <PasswordInput
        label={hasPassword ? 'New password' : 'Password'}
        autoComplete="new-password"
        disabled={can !== true}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        description="At least 12 characters: a few words in a row are easy to keep in mind"
        {...form.getInputProps('password')}
      />
      <DisabledReason can={can} type="submit" variant="default" loading={pending} className={classes.beside}>
        {hasPassword ? 'Change it' : 'Choose it'}
      </DisabledReason>
      <Problem text={problem} />
    </form>
  )
}
