import 'server-only'
import { bytesToHex } from '@noble/hashes/utils.js'
import { z } from 'zod'
import type { Reader } from '@/lib/db/reading'
import { cutPage, listName, pageInput, pageOf, startOf } from '@/lib/http/page'
import { idSchema } from '@/lib/registry/model'
import { defineQuery } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { toBase64, utf8 } from './bytes'
import { findCheckpoints } from './checkpoint-store'
import { findLeaves, findLeavesAt, leafIndexOf, logSize, tileHashes } from './log-store'
import { checkpointSchema, consistencyViewSchema, inclusionSchema, keySchema, logSchema } from './model'
import { encodeEntries, parseTileLevel, parseTilePlace, tileWidth, widthIn } from './tiles'
import { proveConsistency, proveInclusion, rootAt } from './tree-store'
import { viewCheckpoints, viewKeys, viewLog } from './views'

const sizeSchema = z.int('A size is a whole number').min(0).max(Number.MAX_SAFE_INTEGER)

export const getLog = defineQuery({
  name: 'log.get',
  summary: 'The transparency log: newest checkpoint, keys, witnesses and the last verification',
  method: 'GET',
  path: '/log',
  input: z.strictObject({}),
  output: logSchema,
  alwaysPresent: true,
  handler: ({ db }) => viewLog(db),
})

export const listCheckpoints = defineQuery({
  name: 'log.checkpoints',
  summary: 'Signed checkpoints, the newest first',
  method: 'GET',
  path: '/log/checkpoints',
  input: z.strictObject(pageInput),
  output: pageOf(checkpointSchema),
  alwaysPresent: true,
  async handler({ db }, { cursor, limit }) {
    const list = listName('log.checkpoints', {})
    const start = startOf(list, cursor)
    const kept = await findCheckpoints(db, start === null ? null : Number(start[0]), limit + 1)
    return cutPage(list, await viewCheckpoints(db, kept), limit, ({ size }) => [size])
  },
})

export const listKeys = defineQuery({
  name: 'log.keys',
  summary: 'The public keys that sign or signed the log',
  method: 'GET',
  path: '/log/keys',
  input: z.strictObject({}),
  output: z.object({ keys: z.array(keySchema) }),
  alwaysPresent: true,
  handler: async ({ db }) => ({ keys: await viewKeys(db) }),
})

/** A size that the log has reached. @throws DomainError otherwise */
async function reached(db: Reader, size: number | undefined): Promise<number> {
  const present = await logSize(db)
  if (size !== undefined && size > present)
    throw new DomainError('not_found', `The log has ${present} leaves, not ${size} yet.`)
  return size ?? present
}

export const getInclusion = defineQuery({
  name: 'log.inclusion',
  summary: 'The proof that an event is in the log',
  method: 'GET',
  path: '/log/inclusion',
  input: z.strictObject({
    index: sizeSchema.optional().describe('Index of the leaf; or name the event'),
    event: idSchema.optional().describe('Id of the event; or name the index'),
    size: sizeSchema.optional().describe('Of the tree; the whole log when it is left out'),
  }),
  output: inclusionSchema,
  alwaysPresent: true,
  async handler({ db }, { index: given, event, size: wanted }) {
    if ((given === undefined) === (event === undefined))
      throw new DomainError('invalid_input', 'Name either the index of a leaf or an event.')
    const notYet = () => new DomainError('not_found', 'This event is not in the log yet; it will be within a minute.')
    const index = given ?? (event === undefined ? null : await leafIndexOf(db, event))
    if (index === null) throw notYet()
    const size = await reached(db, wanted)
    if (index >= size) throw new DomainError('not_found', `There is no leaf ${index} in a tree of ${size} leaves.`)
    const [leaf] = await findLeavesAt(db, [index])
    // The document is kept from those who may not know what it is about; they get tiles, which say nothing of it.
    if (!leaf?.body) throw event === undefined ? notFound(`Leaf ${index}`) : notYet()
    return {
      index,
      size,
      leaf: bytesToHex(new Uint8Array(leaf.hash)),
      root: bytesToHex(await rootAt(db, size)),
      hashes: (await proveInclusion(db, size, index)).map(bytesToHex),
      document: leaf.body,
    }
  },
})

export const getConsistency = defineQuery({
  name: 'log.consistency',
  summary: 'The proof that the log begins as an earlier checkpoint says',
  method: 'GET',
  path: '/log/consistency',
  input: z.strictObject({
    from: sizeSchema.describe('Size of the earlier tree'),
    to: sizeSchema.optional().describe('Size of the later one; the whole log when it is left out'),
  }),
  output: consistencyViewSchema,
  alwaysPresent: true,
  async handler({ db }, { from, to: wanted }) {
    const to = await reached(db, wanted)
    if (from > to) throw new DomainError('invalid_input', `A tree of ${to} leaves does not extend one of ${from}.`)
    const head = async (size: number) => ({ size, root: bytesToHex(await rootAt(db, size)) })
    return {
      from: await head(from),
      to: await head(to),
      hashes: (await proveConsistency(db, from, to)).map(bytesToHex),
    }
  },
})

const placeSchema = z.string().max(60).describe('Number of the tile as C2SP writes it, such as x001/234 or 005.p/17')

/** Index and width of a tile that is there. @throws DomainError otherwise */
async function placeOf(
  db: Reader,
  level: number | null,
  place: string,
): Promise<{ level: number; index: number; width: number }> {
  const parsed = parseTilePlace(place)
  if (level === null || !parsed) throw new DomainError('invalid_input', 'This is no path of a tile (C2SP tlog-tiles).')
  const there = widthIn(await logSize(db), { level, index: parsed.index })
  if (parsed.width > there) throw notFound(`Tile ${level}/${place}`)
  return { level, ...parsed }
}

export const getTile = defineQuery({
  name: 'log.tile',
  summary: 'A tile of the tree: up to 256 hashes of one level',
  method: 'GET',
  path: '/log/tiles',
  input: z.strictObject({ level: z.string().max(2), place: placeSchema }),
  output: z.object({ hashes: z.string().describe('Base64 of hashes of 32 bytes, one after another') }),
  alwaysPresent: true,
  async handler({ db }, { level, place }) {
    const tile = await placeOf(db, parseTileLevel(level), place)
    return { hashes: toBase64(await tileHashes(db, tile.level, tile.index, tile.width)) }
  },
})

export const getEntries = defineQuery({
  name: 'log.entries',
  summary:
    'The leaf documents of a tile of level 0; personal values are committed in them. One that you may not know of is empty',
  method: 'GET',
  path: '/log/entries',
  input: z.strictObject({ place: placeSchema }),
  output: z.object({ entries: z.string().describe('Base64; each entry stands behind its length in two bytes') }),
  alwaysPresent: true,
  async handler({ db }, { place }) {
    const { index, width } = await placeOf(db, 0, place)
    const leaves = await findLeaves(db, index * tileWidth, width)
    return { entries: toBase64(encodeEntries(leaves.map(({ body }) => utf8(body)))) }
  },
})
