import { stringify } from 'yaml'
import type { Json } from '@/lib/audit/model'
import type { EstateCollection } from '@/lib/importers/estate/model'

export const estateFormats = ['yaml', 'json'] as const
export type EstateFormat = (typeof estateFormats)[number]

/** How the parts of an estate file are written one after the other. */
interface Writer {
  begin: string
  /** Entities of a collection; `isFirst` when they are the first of it. */
  entities(collection: EstateCollection, entities: readonly Record<string, Json>[], isFirst: boolean): string
  /** After the last entity of a collection that has any. */
  endCollection: string
  end: string
}

export const writers: Readonly<Record<EstateFormat, Writer>> = {
  yaml: {
    begin: 'apiVersion: pentarch/v1\nkind: Estate\n',
    entities(collection, entities, isFirst) {
      const text = stringify({ [collection]: entities }, { lineWidth: 0 })
      return isFirst ? text : text.slice(text.indexOf('\n') + 1)
    },
    endCollection: '',
    end: '',
  },
  json: {
    begin: '{\n"apiVersion":"pentarch/v1",\n"kind":"Estate"',
    entities(collection, entities, isFirst) {
      const lines = entities.map((entity) => JSON.stringify(entity)).join(',\n')
      return isFirst ? `,\n"${collection}":[\n${lines}` : `,\n${lines}`
    },
    endCollection: '\n]',
    end: '\n}\n',
  },
}
