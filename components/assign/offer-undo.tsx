import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { api } from '../api'

const undoMs = 15_000

/** Says what was assigned and, for a while, offers to take it back; `onChanged` follows a take-back. */
export function offerUndo(ids: string[], sentence: string, onChanged: () => void): void {
  const id = `assigned-${ids[0]}`
  const undo = async () => {
    notifications.hide(id)
    try {
      await api('assignments.undo', { ids })
      notifications.show({ message: 'Taken back.' })
    } catch (error) {
      notifications.show({
        color: 'red',
        message: error instanceof Error ? error.message : 'It could not be taken back.',
      })
    }
    onChanged()
  }
  notifications.show({
    id,
    autoClose: undoMs,
    message: (
      <>
        {sentence}{' '}
        <Button variant="subtle" size="compact-xs" onClick={undo}>
          Undo
        </Button>
      </>
    ),
  })
}
