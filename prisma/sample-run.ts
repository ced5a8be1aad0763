import { v7 as uuidv7 } from 'uuid'
import { type Actor, systemActor } from '@/lib/access/model'
import { actorOfAccount } from '@/lib/access/store'
import type { Database } from '@/lib/db/client'
import { closeCampaign } from '@/lib/recertification/closing/close-campaign'
import { launchCampaign } from '@/lib/recertification/launch/launch'
import type { AskedDecision } from '@/lib/recertification/reviews/model'
import { advanceCampaign } from '@/lib/recertification/stages/advance'
import { useCases } from '@/lib/use-cases/catalog'
import type { Run } from '@/lib/use-cases/run'
import { runUseCase } from '@/lib/use-cases/run'
import { daysBefore } from './shift-estate'

/** What somebody says about one item, by the slug of what it is about. */
export type Answer = Omit<AskedDecision, 'item'>

/**
 * Lives through what the sample tells: people of the sample act as themselves, and the jobs of campaigns do their part, at
 * the moment that `at` says.
 */
export class SampleRun {
  constructor(
    readonly database: Database,
    private readonly at: Date,
  ) {}

  /** The same, so many days earlier than now. */
  daysAgo = (days: number): SampleRun => new SampleRun(this.database, daysBefore(this.at, days))

  get now(): Date {
    return this.at
  }

  /** As somebody who has an account. */
  async as(person: string): Promise<Run> {
    const { id } = await this.database.prisma.account.findFirstOrThrow({
      where: { person: { externalId: person } },
      select: { id: true },
    })
    const actor = await actorOfAccount(this.database, id)
    if (!actor) throw new Error(`The account of ${person} cannot act`)
    return this.by({ ...actor, session: { id: uuidv7(), isFresh: true } })
  }

  /** As the product itself. */
  asSystem = (): Run => this.by(systemActor('sample data'))

  private by(actor: Actor): Run {
    return { database: this.database, actor, now: this.at, newId: () => uuidv7(), requestId: uuidv7() }
  }

  private work() {
    return { database: this.database, requestId: uuidv7(), clock: () => this.at, isLate: () => false }
  }

  /** Launches a campaign that was started. */
  launch = (id: string): Promise<void> => launchCampaign(id, this.work())
  /** Ends what is over by now. */
  advance = (id: string): Promise<void> => advanceCampaign(id, this.work())
  /** Applies what was decided. */
  close = (id: string): Promise<void> => closeCampaign(id, this.work())

  /** The open items of a campaign that somebody is asked about, by slug, most critical first. */
  async openItems(campaignId: string, person: string): Promise<Map<string, string>> {
    const { prisma } = this.database
    const { id: personId } = await prisma.person.findUniqueOrThrow({ where: { externalId: person } })
    const rows = await prisma.itemReviewer.findMany({
      where: { campaignId, personId, state: 'open', item: { state: 'open' } },
      select: { itemId: true, item: { select: { subjectSlug: true } } },
      orderBy: [{ item: { risk: 'desc' } }, { item: { subjectSlug: 'asc' } }],
    })
    return new Map(rows.map(({ itemId, item }) => [item.subjectSlug, itemId]))
  }

  /** Has somebody answer what is open for them, as far as `answer` has something to say. */
  async decide(
    campaignId: string,
    person: string,
    answer: (subject: string, index: number) => Answer | null,
  ): Promise<void> {
    const open = await this.openItems(campaignId, person)
    const decisions = [...open].flatMap(([subject, item], index) => {
      const said = answer(subject, index)
      return said ? [{ item, ...said }] : []
    })
    if (decisions.length > 0) await runUseCase(useCases['reviews.decide'], { decisions }, await this.as(person))
  }

  /** Has somebody hand what they are asked about on to another, as far as it is theirs. */
  async handOver(campaignId: string, from: string, to: string, subjects: readonly string[], reason: string) {
    const open = await this.openItems(campaignId, from)
    const items = subjects.flatMap((subject) => open.get(subject) ?? [])
    if (items.length > 0) await runUseCase(useCases['reviews.handOver'], { items, to, reason }, await this.as(from))
  }
}
