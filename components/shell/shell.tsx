'use client'

import { ActionIcon, AppShell, Burger, Kbd, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconHistory, IconKeyboard, IconSearch } from '@tabler/icons-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { ConfirmIdentity } from '@/components/confirm/confirm-identity'
import { PastBanner } from '@/components/past/past-banner'
import { urls } from '@/lib/urls'
import { type Account, AccountMenu } from './account-menu'
import { ColorSchemeToggle } from './color-scheme-toggle'
import { CommandPalette } from './command-palette'
import { Mark } from './mark'
import { isCurrent, nav } from './nav'
import { palette } from './palette'
import classes from './shell.module.css'
import { ShortcutsDialog } from './shortcuts-dialog'
import { useShellKeys } from './use-shell-keys'

interface ShellProps {
  account: Account
  /** The instant of the past that the pages show; null for the present. */
  asOf: string | null
  children: ReactNode
}

/** The frame of every page behind sign-in. */
export function Shell({ account, asOf, children }: ShellProps) {
  const [menuOpen, menu] = useDisclosure(false)
  const [shortcutsOpen, shortcuts] = useDisclosure(false)
  useShellKeys(shortcuts.open)
  return (
    <>
      <a href="#main" className={classes.skip}>
        Skip to content
      </a>
      <AppShell
        layout="alt"
        header={{ height: 48 }}
        navbar={{ width: 212, breakpoint: 'sm', collapsed: { mobile: !menuOpen } }}
        padding={0}
      >
        <AppShell.Header className={classes.header}>
          <Burger
            opened={menuOpen}
            onClick={menu.toggle}
            hiddenFrom="sm"
            size="sm"
            aria-label="Navigation"
            aria-expanded={menuOpen}
          />
          <span className={classes.smallMark}>
            <Mark size={20} />
          </span>
          <UnstyledButton
            className={classes.search}
            onClick={palette.open}
            aria-label="Search and commands"
            aria-keyshortcuts="/ Control+K Meta+K"
          >
            <IconSearch size={15} aria-hidden />
            <span>Search or go to</span>
            <Kbd size="xs">/</Kbd>
          </UnstyledButton>
          <div className={classes.tools}>
            <ActionIcon
              onClick={shortcuts.open}
              aria-label="Keyboard shortcuts"
              title="Keyboard shortcuts"
              visibleFrom="sm"
            >
              <IconKeyboard size={18} stroke={1.7} />
            </ActionIcon>
            <ActionIcon component={Link} href={urls.past()} aria-label="Look at the past" title="Look at the past">
              <IconHistory size={18} stroke={1.7} />
            </ActionIcon>
            <ColorSchemeToggle />
            <AccountMenu account={account} />
          </div>
        </AppShell.Header>
        <AppShell.Navbar className={classes.navbar} withBorder>
          <div className={classes.brand}>
            <Burger opened={menuOpen} onClick={menu.close} hiddenFrom="sm" size="sm" aria-label="Close navigation" />
            <Link href={urls.overview()} onClick={menu.close}>
              <Mark />
              Pentarch
            </Link>
          </div>
          <NavLinks onGo={menu.close} />
        </AppShell.Navbar>
        <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
          {asOf !== null && <PastBanner asOf={asOf} />}
          {children}
        </AppShell.Main>
      </AppShell>
      <CommandPalette />
      <ConfirmIdentity />
      <ShortcutsDialog opened={shortcutsOpen} onClose={shortcuts.close} />
    </>
  )
}

function NavLinks({ onGo }: { onGo: () => void }) {
  const pathname = usePathname()
  return (
    <nav aria-label="Main" className={classes.nav}>
      {nav.map(({ title: group, items }) => (
        <section key={group} aria-label={group}>
          <div className={classes.group} aria-hidden>
            {group}
          </div>
          <ul>
            {items.map(({ title, href, icon: Icon }) => (
              <li key={href}>
                <Link
                  href={href}
                  onClick={onGo}
                  aria-current={isCurrent(href, pathname) ? 'page' : undefined}
                  prefetch={false}
                >
                  <Icon size={16} stroke={1.7} aria-hidden />
                  {title}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  )
}
