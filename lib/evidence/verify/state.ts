import { fileNames, type Manifest, type RecordedState, recordedStateSchema, stateEvent, stateSchema } from '../model'
import type { ReadEvent } from './events'
import { documentOf, type OpenedBundle, shaped, wholeBytesMax } from './opened'
import { Refusal } from './refusal'

/** Which event of the log recorded the state that the rows are of. */
export async function readStatePlace(bundle: OpenedBundle): Promise<{ asOf: string; leaf: number }> {
  const where = { name: fileNames.state, check: 'state', bytesMax: wholeBytesMax.note } as const
  return await documentOf(bundle, where, stateSchema)
}

/** The recorded state, from the proved event that `place` names. */
export function recordedState(
  place: { asOf: string; leaf: number },
  event: ReadEvent | null,
  manifest: Manifest,
): RecordedState {
  const check = 'state'
  const file = fileNames.state
  if (!event) throw new Refusal(check, `Event ${place.leaf}, which recorded the state, is not in the bundle.`, { file })
  const { action, actorKind, subject } = event
  const isState =
    action === stateEvent.action &&
    actorKind === 'system' &&
    subject.type === stateEvent.subjectType &&
    subject.id === stateEvent.subjectId
  if (!isState)
    throw new Refusal(check, `Event ${place.leaf} does not record a state.`, {
      file,
      expected: stateEvent.action,
      found: action,
    })
  const after = event.opened && typeof event.opened === 'object' && 'after' in event.opened ? event.opened.after : null
  const state = shaped(after, recordedStateSchema, { check, file: fileNames.events, line: null })
  assertTime('state.json', state.asOf, place.asOf)
  assertTime('the manifest', state.asOf, manifest.asOf)
  if (event.at < state.asOf)
    throw new Refusal(check, 'The state is of a later instant than the event that recorded it.', {
      file,
      expected: `at most ${event.at}`,
      found: state.asOf,
    })
  const asked = manifest.request.asOf
  if (asked !== null && asked < state.asOf)
    throw new Refusal(check, 'The state is of a later instant than was asked for.', {
      file,
      expected: `at most ${asked}`,
      found: state.asOf,
    })
  return state
}

function assertTime(where: string, recorded: string, found: string): void {
  if (recorded !== found)
    throw new Refusal('state', `The instant in ${where} is not the one that the log recorded.`, {
      file: fileNames.state,
      expected: recorded,
      found,
    })
}
