import { enforcementLayer } from '@/lib/layers'
import { emailSchema } from '@/lib/registry/model'
import { isSlug } from '@/lib/registry/slug-from'
import type { Importer, ImportFile, ParsedImport } from '../model'
import { Collector, type Origin } from '../source/collector'
import { listOf, type Path, recordOf, textOf } from '../source/document'
import { proseFrom } from '../source/prose'
import { teamFunctionOf, toolEntityKinds, toolKindOf } from './kinds'
import { type CatalogEntity, readCatalog } from './read'
import { isTemplated, parseRef, slugOf } from './refs'

/**
 * Reads a Backstage catalog: users become people, groups teams, and components, APIs, resources and AI resources tools.
 * `spec.owner` becomes the proposed owner of enforcement of that tool: the catalog says who runs it, which the team has yet
 * to accept. Systems, domains, locations and templates are no part of an estate and are left out.
 */
export const importBackstage: Importer = (files) => {
  const run = new BackstageImport()
  for (const file of files) for (const entity of readCatalog(file, run.collector)) run.sort(entity)
  return run.result(files)
}

type Member = { person: string; role: 'member' }
interface Team {
  name: string
  members: Map<string, Member>
  origin: Origin
  entity?: CatalogEntity
}

class BackstageImport {
  readonly collector = new Collector()
  private readonly users = new Map<string, CatalogEntity>()
  private readonly teams = new Map<string, Team>()
  private readonly tools = new Map<string, CatalogEntity[]>()
  /** The kind of entity that took each slug first. */
  private readonly toolKinds = new Map<string, string>()
  private readonly ignored = new Map<string, { count: number; origin: Origin }>()

  sort(entity: CatalogEntity): void {
    const { kind, origin } = entity
    if (kind === 'user') this.user(entity)
    else if (kind === 'group') this.group(entity)
    else if (toolEntityKinds.some((toolKind) => toolKind === kind)) {
      const sameKind = this.tools.get(kind)
      if (sameKind) sameKind.push(entity)
      else this.tools.set(kind, [entity])
    } else {
      const seen = this.ignored.get(kind)
      if (seen) seen.count += 1
      else this.ignored.set(kind, { count: 1, origin })
    }
  }

  result(files: readonly ImportFile[]): ParsedImport {
    this.members()
    for (const kind of toolEntityKinds) for (const entity of this.tools.get(kind) ?? []) this.tool(entity)
    for (const [slug, team] of this.teams) this.team(slug, team)
    for (const [kind, { count, origin }] of this.ignored)
      this.collector.warning(origin, [], `${count} of kind "${kind.slice(0, 60)}" left out: not part of an estate`)
    this.collector.refuseEmpty(
      files,
      'Nothing to import: no User, Group, Component, API or Resource with a name of its own is in these files',
    )
    return this.collector.result()
  }

  private user(entity: CatalogEntity): void {
    const { name, metadata, spec, origin } = entity
    const profile = recordOf(spec.profile)
    const person = {
      id: name,
      name: textOf(profile.displayName) ?? textOf(metadata.title) ?? name,
      email: this.email(profile.email, origin, ['email']),
    }
    if (this.collector.add('people', person, origin, 'keep-first')) this.users.set(name.toLowerCase(), entity)
  }

  private group(entity: CatalogEntity): void {
    const { name, metadata, spec, origin } = entity
    const slug = this.slug(entity)
    if (slug === undefined) return
    const known = this.teams.get(slug)
    if (known) {
      this.collector.warning(
        origin,
        ['slug'],
        `The group "${name}" is already there in ${known.origin.file}, line ${known.origin.lineOf([])}; this one is left out`,
      )
      return
    }
    const title = textOf(recordOf(spec.profile).displayName) ?? textOf(metadata.title) ?? name
    this.teams.set(slug, { name: title, members: new Map(), origin, entity })
  }

  /** Joins memberships, which groups (`members`) and users (`memberOf`) both tell. */
  private members(): void {
    for (const [slug, { members, origin, entity }] of [...this.teams]) {
      const unknown: string[] = []
      for (const ref of listOf(entity?.spec.members)) {
        const name = parseRef(textOf(ref) ?? '', 'user')?.name
        const user = name === undefined ? undefined : this.users.get(name.toLowerCase())
        if (user) members.set(user.name, { person: user.name, role: 'member' })
        else unknown.push(String(textOf(ref) ?? typeof ref))
      }
      if (unknown.length > 0)
        this.collector.warning(
          origin,
          ['members'],
          `${unknown.length} members of "${slug}" are described nowhere in these files and are left out: ${unknown.slice(0, 5).join(', ').slice(0, 300)}`,
        )
    }
    for (const user of this.users.values())
      for (const [index, ref] of listOf(user.spec.memberOf).entries()) {
        const slug = this.teamOf(ref, user.origin, ['memberOf', index])
        if (slug !== undefined) this.teams.get(slug)?.members.set(user.name, { person: user.name, role: 'member' })
      }
  }

  private team(slug: string, { name, members, origin, entity }: Team): void {
    const team = {
      slug,
      name,
      function: teamFunctionOf(textOf(entity?.spec.type), name),
      contact: this.email(recordOf(entity?.spec.profile).email, origin, ['contact']),
      members: members.size > 0 ? [...members.values()] : undefined,
    }
    this.collector.add('teams', team, origin)
  }

  private tool(entity: CatalogEntity): void {
    const { kind, name, metadata, spec, origin } = entity
    let slug = this.slug(entity)
    if (slug === undefined) return
    const taken = this.toolKinds.get(slug)
    if (taken === undefined) this.toolKinds.set(slug, kind)
    else if (taken !== kind) {
      this.collector.warning(
        origin,
        ['slug'],
        `Another kind of entity has the name "${name}" too; this ${kind} is called "${slug}-${kind}"`,
      )
      slug = `${slug}-${kind}`
    }
    const tool = {
      slug,
      name: textOf(metadata.title) ?? name,
      description: proseFrom(metadata.description, this.collector, origin, ['description']),
      kind: toolKindOf(kind, textOf(spec.type)),
    }
    if (!this.collector.add('tools', tool, origin, 'keep-first')) return
    if (textOf(spec.owner) === undefined) {
      this.collector.warning(origin, ['owner'], `"${name}" names no owner`)
      return
    }
    const team = this.teamOf(spec.owner, origin, ['owner'])
    if (team !== undefined)
      this.collector.add(
        'owners',
        { layer: enforcementLayer, scope: 'tool', subject: slug, team, state: 'proposed' },
        origin,
      )
  }

  /** The team a reference names. One that no file describes is added by its name alone, so that the reference is not lost. */
  private teamOf(ref: unknown, origin: Origin, path: Path): string | undefined {
    const text = textOf(ref)
    const shown = `"${(text ?? typeof ref).slice(0, 100)}"`
    const refuse = (reason: string): undefined => {
      this.collector.warning(origin, path, `${shown} ${reason}`)
      return undefined
    }
    if (text === undefined) return refuse('is no reference to a group')
    if (isTemplated(text)) return refuse("is a template's placeholder; it is left out")
    if (text.includes('@')) return refuse('is the address of a person; which team it stands for is unknown')
    const parsed = parseRef(text, 'group')
    if (!parsed) return refuse('is no reference to a group')
    const slug = slugOf(parsed)
    const isUser =
      parsed.kind === 'user' ||
      (!/^group:/i.test(text) && !(slug && this.teams.has(slug)) && this.users.has(parsed.name.toLowerCase()))
    if (isUser) return refuse('is a person; which team they stand for is unknown')
    if (parsed.kind !== 'group') return refuse(`is a ${parsed.kind.slice(0, 60)}, not a group`)
    if (slug === undefined || !isSlug(slug)) return refuse('is no name a slug can be made from')
    if (!this.teams.has(slug)) {
      this.collector.warning(
        origin,
        path,
        `The group ${shown} is described nowhere in these files; it is added by its name alone`,
      )
      this.teams.set(slug, { name: parsed.name, members: new Map(), origin })
    }
    return slug
  }

  private slug(entity: CatalogEntity): string | undefined {
    const slug = slugOf(entity)
    if (slug === undefined)
      this.collector.error(
        entity.origin,
        ['slug'],
        'No slug can be made from the name; it has no letter or digit for one',
      )
    return slug
  }

  private email(value: unknown, origin: Origin, path: Path): string | undefined {
    const text = textOf(value)
    if (text === undefined || emailSchema.safeParse(text).success) return text
    this.collector.warning(origin, path, `"${text.slice(0, 100)}" is no e-mail address; it is left out`)
    return undefined
  }
}
