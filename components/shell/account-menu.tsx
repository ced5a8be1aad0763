'use client'

import { Avatar, Menu, UnstyledButton } from '@mantine/core'
import { IconBell, IconKey, IconLock, IconLogout } from '@tabler/icons-react'
import Link from 'next/link'
import { signOut } from 'next-auth/react'
import { api } from '@/components/api'
import { urls } from '@/lib/urls'
import classes from './shell.module.css'

export interface Account {
  name: string
  /** The role's title, as people read it. */
  role: string
}

/** Signs out here and, for who came by an identity provider, there as well. */
async function signOutEverywhere() {
  const { url } = await api('sessions.providerEnd', {}).catch(() => ({ url: null }))
  await signOut({ redirect: false })
  window.location.assign(url ?? urls.signIn())
}

/** Who is signed in, in which role, and the way out. */
export function AccountMenu({ account }: { account: Account }) {
  return (
    <Menu width={220} withinPortal={false}>
      <Menu.Target>
        <UnstyledButton aria-label={`Account of ${account.name}`} style={{ borderRadius: 14 }}>
          <Avatar size={26} radius="xl" name={account.name} color="accent" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className={classes.account}>
          <strong>{account.name}</strong>
          {account.role}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item component={Link} href={urls.notifications()} leftSection={<IconBell size={15} />}>
          Mail and calendar
        </Menu.Item>
        <Menu.Item component={Link} href={urls.tokens()} leftSection={<IconKey size={15} />}>
          API tokens
        </Menu.Item>
        <Menu.Item component={Link} href={urls.waysIn()} leftSection={<IconLock size={15} />}>
          Sign-in
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={signOutEverywhere}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
