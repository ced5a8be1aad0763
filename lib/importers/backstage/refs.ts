import { slugFrom } from '@/lib/registry/slug-from'

/** A reference to another entity, as `group:default/payments`. */
export interface EntityRef {
  kind: string
  namespace: string
  name: string
}

export const defaultNamespace = 'default'

/** Whether text still holds a template's placeholder (`${{ values.owner }}`, `{{ name }}`). */
export function isTemplated(text: string): boolean {
  return /\{\{|\$\{/.test(text)
}

/** Reads `[kind:][namespace/]name`; kind and namespace are compared without case. */
export function parseRef(text: string, kind: string): EntityRef | undefined {
  const match = /^(?:([^:/\s]+):)?(?:([^:/\s]+)\/)?([^:/\s]+)$/.exec(text.trim())
  if (!match?.[3]) return undefined
  return {
    kind: (match[1] ?? kind).toLowerCase(),
    namespace: (match[2] ?? defaultNamespace).toLowerCase(),
    name: match[3],
  }
}

/** The slug of an entity: its name, with its namespace before it where that is not the default one. */
export function slugOf({ namespace, name }: Pick<EntityRef, 'namespace' | 'name'>): string | undefined {
  return slugFrom(namespace === defaultNamespace ? name : `${namespace}.${name}`)
}
