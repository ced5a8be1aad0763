'use client'

import { useLocalStorage } from '@mantine/hooks'

const storageKey = 'pentarch-single-keys'

/** Shortcuts of one key can be switched off (WCAG 2.1.4): speech input would set them off. */
export function useSingleKeys() {
  return useLocalStorage({ key: storageKey, defaultValue: true, getInitialValueInEffect: true })
}

/** Whether this key press is meant as a shortcut of one key: switched on, nothing typed into, no dialog open. */
export function isSingleKey(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return false
  const { target } = event
  if (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"]')
  ) {
    return false
  }
  return window.localStorage.getItem(storageKey) !== 'false'
}
