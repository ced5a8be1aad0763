import type { Known } from '@/lib/registry/model'
import type { Collector, Origin } from '../source/collector'
import { isRecord, type Path, recordOf, textOf } from '../source/document'
import { proseFrom } from '../source/prose'

/** One tool of an MCP server as an action of the tool that the server is. */
export interface McpAction {
  name: unknown
  description?: string
  readOnly: Known
  destructive: Known
}

/** Whether the items of a list are MCP tools: each a mapping with a name. */
export function areTools(items: readonly unknown[]): boolean {
  return items.every((item) => isRecord(item) && 'name' in item)
}

/**
 * The tools of a `tools/list` as actions. The hints of the MCP annotations become facts only where they are stated: the
 * protocol's defaults for hints that are missing are guesses, so those stay unknown. A read-only tool destroys nothing.
 */
export function actionsFrom(items: readonly unknown[], collector: Collector, origin: Origin, base: Path): McpAction[] {
  return items.map((item, index) => {
    const tool = recordOf(item)
    const annotations = recordOf(tool.annotations)
    const readOnly = knownOf(annotations.readOnlyHint)
    const description =
      proseFrom(tool.description, collector, origin, [...base, index, 'description']) ??
      textOf(tool.title) ??
      textOf(annotations.title)
    return {
      name: tool.name,
      ...(description === undefined ? {} : { description }),
      readOnly,
      destructive: readOnly === 'yes' ? 'no' : knownOf(annotations.destructiveHint),
    }
  })
}

/** The actions without those whose name came before, and the names that came again. */
export function withoutRepeats(actions: readonly McpAction[]): { actions: McpAction[]; repeated: string[] } {
  const seen = new Set<unknown>()
  const repeated: string[] = []
  const kept = actions.filter((action) => {
    if (!seen.has(action.name)) return seen.add(action.name)
    repeated.push(String(action.name))
    return false
  })
  return { actions: kept, repeated }
}

function knownOf(hint: unknown): Known {
  if (hint === true) return 'yes'
  return hint === false ? 'no' : 'unknown'
}
