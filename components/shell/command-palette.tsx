'use client'

import { Loader } from '@mantine/core'
import { Spotlight, type SpotlightActionData } from '@mantine/spotlight'
import { IconPlug, IconRobot, IconSearch, IconUser, IconUsersGroup, type TablerIcon } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { urls } from '@/lib/urls'
import { navItems } from './nav'
import { keepSelection, paletteStore } from './palette'
import classes from './shell.module.css'
import { useFoundRecords } from './use-found-records'

/** Lists that a text can be looked up in. */
const searchable = [
  { title: 'agents', href: (text: string) => urls.agents({ text }) },
  { title: 'tools', href: (text: string) => urls.tools({ text }) },
  { title: 'enforcement points', href: (text: string) => urls.enforcementPoints({ text }) },
  { title: 'teams', href: (text: string) => urls.teams({ text }) },
  { title: 'people', href: (text: string) => urls.people({ text }) },
  { title: 'the matrix', href: (text: string) => urls.matrix({ text }) },
  { title: 'gaps', href: (text: string) => urls.gaps({ text }) },
  { title: 'contracts', href: (text: string) => urls.contracts({ text }) },
]

interface FoundRecord {
  href: string
  name: string
  /** What tells it from others of its name, and whether it is still in use. */
  note: string
  icon: TablerIcon
}

function recordsOf({ agents, tools, teams, people }: ReturnType<typeof useFoundRecords>['found']): FoundRecord[] {
  return [
    ...agents.map(({ slug, name, lifecycle }) => ({
      href: urls.agent(slug),
      name,
      note: `Agent, ${lifecycle}`,
      icon: IconRobot,
    })),
    ...tools.map(({ slug, name, lifecycle }) => ({
      href: urls.tool(slug),
      name,
      note: lifecycle === 'active' ? 'Tool' : 'Tool, retired',
      icon: IconPlug,
    })),
    ...teams.map(({ slug, name, status }) => ({
      href: urls.team(slug),
      name,
      note: status === 'active' ? 'Team' : 'Team, dissolved',
      icon: IconUsersGroup,
    })),
    ...people.map(({ externalId, name, status }) => ({
      href: urls.person(externalId),
      name,
      note: status === 'active' ? 'Person' : 'Person, has left',
      icon: IconUser,
    })),
  ]
}

/** Goes to any page or record, or looks a text up in any list. Opened by mod+K, `/` or the search field of the header. */
export function CommandPalette() {
  const router = useRouter()
  const [query, setQuery] = useState('')
  const text = query.trim()
  const matches = (title: string) => title.toLowerCase().includes(text.toLowerCase())
  const pages: SpotlightActionData[] = navItems
    .filter(({ title }) => matches(title))
    .map(({ title, href, icon: Icon }) => ({
      id: href,
      label: title,
      leftSection: <Icon size={17} stroke={1.7} className={classes.paletteIcon} />,
      onClick: () => router.push(href),
    }))
  const { found, pending, failed } = useFoundRecords(text)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the entries are in the document when what was found has changed
  useEffect(keepSelection, [found])
  const records: SpotlightActionData[] = recordsOf(found).map(({ href, name, note, icon: Icon }) => ({
    id: href,
    label: name,
    leftSection: <Icon size={17} stroke={1.7} className={classes.paletteIcon} />,
    rightSection: <span className={classes.paletteNote}>{note}</span>,
    onClick: () => router.push(href),
  }))
  const lookups: SpotlightActionData[] = (text === '' ? [] : searchable).map(({ title, href }) => ({
    id: `find-${title}`,
    label: `Find “${text}” in ${title}`,
    leftSection: <IconSearch size={17} stroke={1.7} className={classes.paletteIcon} />,
    onClick: () => router.push(href(text)),
  }))
  return (
    <Spotlight
      store={paletteStore}
      query={query}
      onQueryChange={setQuery}
      // The list is made for the query already; a second filter would lose the look-ups.
      filter={(_, actions) => actions}
      actions={[
        { group: 'Go to', actions: pages },
        { group: 'Records', actions: records },
        { group: failed ? 'Look up (records cannot be searched just now)' : 'Look up', actions: lookups },
      ].filter(({ actions }) => actions.length > 0)}
      shortcut="mod + K"
      highlightQuery={false}
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
      attributes={{ content: { 'aria-label': 'Search and commands' } }}
      classNames={{
        content: classes.palette,
        search: classes.paletteSearch,
        action: classes.paletteAction,
        actionsGroup: classes.paletteGroup,
      }}
      nothingFound="Nothing found"
      scrollable
      maxHeight={380}
      searchProps={{
        leftSection: <IconSearch size={17} />,
        rightSection: pending ? <Loader size={16} aria-label="Searching" /> : null,
        placeholder: 'Go to a page, or look something up',
        'aria-label': 'Search',
      }}
    />
  )
}
