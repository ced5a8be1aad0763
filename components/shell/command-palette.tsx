'use client'

import { Spotlight, type SpotlightActionData } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { urls } from '@/lib/urls'
import { navItems } from './nav'
import classes from './shell.module.css'

/** Lists that a text can be looked up in. */
const searchable = [
  { title: 'agents', href: (text: string) => urls.agents({ text }) },
  { title: 'tools', href: (text: string) => urls.tools({ text }) },
  { title: 'teams', href: (text: string) => urls.teams({ text }) },
  { title: 'people', href: (text: string) => urls.people({ text }) },
  { title: 'the matrix', href: (text: string) => urls.matrix({ text }) },
  { title: 'gaps', href: (text: string) => urls.gaps({ text }) },
]

/** Goes to any page, or looks a text up in any list. Opened by mod+K, `/` or the search field of the header. */
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
  const lookups: SpotlightActionData[] = searchable.map(({ title, href }) => ({
    id: `find-${title}`,
    label: `Find “${text}” in ${title}`,
    leftSection: <IconSearch size={17} stroke={1.7} className={classes.paletteIcon} />,
    onClick: () => router.push(href(text)),
  }))
  return (
    <Spotlight
      query={query}
      onQueryChange={setQuery}
      // The list is made for the query already; a second filter would lose the look-ups.
      filter={(_, actions) => actions}
      actions={[{ group: 'Go to', actions: pages }, ...(text === '' ? [] : [{ group: 'Look up', actions: lookups }])]}
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
        placeholder: 'Go to a page, or look something up',
        'aria-label': 'Search',
      }}
    />
  )
}
