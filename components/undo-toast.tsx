import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'

const undoMs = 15_000

interface UndoToast {
  /** What was done. */
  message: string
  undo: () => Promise<void>
  /** Follows a take-back, whether or not it worked. */
  onUndone: () => void
}

/** Says what was done and, for a while, offers to take it back. Returns what ends it before its time. */
export function undoToast({ message, undo, onUndone }: UndoToast): () => void {
  const id = crypto.randomUUID()
  const hide = () => notifications.hide(id)
  const takeBack = async () => {
    hide()
    try {
      await undo()
      notifications.show({ message: 'Taken back.' })
    } catch (error) {
      notifications.show({
        color: 'red',
        message: error instanceof Error ? error.message : 'It could not be taken back.',
      })
    }
    onUndone()
  }
  notifications.show({
    id,
    autoClose: undoMs,
    message: (
      <>
        {message}{' '}
        <Button variant="subtle" size="compact-xs" onClick={takeBack}>
          Undo
        </Button>
      </>
    ),
  })
  return hide
}
