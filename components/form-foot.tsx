import { Button, Group } from '@mantine/core'
import type { ReactNode } from 'react'

interface FormFootProps {
  onCancel: () => void
  /** The button that does it. */
  children: ReactNode
  /** What stands apart from both, at the other side. */
  aside?: ReactNode
}

/** Where a form in a dialog ends: the way out, and what it is for. */
export function FormFoot({ onCancel, children, aside }: FormFootProps) {
  return (
    <Group justify="flex-end" gap="xs">
      {aside}
      <Button variant="default" onClick={onCancel}>
        Cancel
      </Button>
      {children}
    </Group>
  )
}
