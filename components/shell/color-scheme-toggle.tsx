'use client'

import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core'
import { useMounted } from '@mantine/hooks'
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'

const choices = [
  { value: 'auto', title: 'As the system', icon: IconDeviceDesktop },
  { value: 'light', title: 'Light', icon: IconSun },
  { value: 'dark', title: 'Dark', icon: IconMoon },
] as const

/** Light, dark, or as the system says. */
export function ColorSchemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  // The server cannot know the choice; until mounted it shows the neutral one.
  const shown = useMounted() ? colorScheme : 'auto'
  const Icon = choices.find(({ value }) => value === shown)?.icon ?? IconDeviceDesktop
  return (
    <Menu withinPortal={false}>
      <Menu.Target>
        <ActionIcon aria-label="Colour scheme" title="Colour scheme">
          <Icon size={17} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map(({ value, title, icon: ChoiceIcon }) => (
          <Menu.Item
            key={value}
            role="menuitemradio"
            aria-checked={shown === value}
            leftSection={<ChoiceIcon size={15} />}
            rightSection={shown === value ? <IconCheck size={14} /> : null}
            onClick={() => setColorScheme(value)}
          >
            {title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
