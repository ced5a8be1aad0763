import type { Metadata } from 'next'
import { LinkButton } from '@/components/links'
import { Notice } from '@/components/notice'
import { PageHeader } from '@/components/page-header'
import { pageMay, read } from '@/lib/http/page-data'
import { urls } from '@/lib/urls'
import { DomainError } from '@/lib/use-cases/errors'
import type { NamedChange } from '@/lib/whatif/model'
import { AnswerView } from './answer-view'
import { AskForm } from './ask-form'
import { DoIt } from './do-it'
import { changesOf, type Question } from './question'

export const metadata: Metadata = { title: 'What if' }

interface WhatIfPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function WhatIfPage({ searchParams }: WhatIfPageProps) {
  const question = questionIn(await searchParams)
  const changes = changesOf(question)
  if (changes.length === 0) {
    return (
      <>
        <PageHeader
          title="What if"
          meta={<span>See what a change would come to before it is made. Nothing is written.</span>}
        />
        <AskForm asked={question} />
      </>
    )
  }
  const [answer, may] = await Promise.all([answerTo(changes), pageMay('whatif.apply')])
  if (typeof answer === 'string') {
    return (
      <>
        <PageHeader title="What if" breadcrumbs={[{ title: 'What if', href: urls.whatIf() }]} />
        <Notice label="Not possible" blocks action={<LinkButton href={urls.whatIf()}>Ask something else</LinkButton>}>
          {answer}
        </Notice>
      </>
    )
  }
  return (
    <>
      <PageHeader
        title={answer.changes.map(({ title }) => title).join(', and ')}
        breadcrumbs={[{ title: 'What if', href: urls.whatIf() }]}
        meta={<span>This is what it would come to. Nothing is written yet.</span>}
        actions={<DoIt changes={changes} answer={answer} may={may} />}
      />
      <AnswerView answer={answer} />
    </>
  )
}

/** The answer, or in words why there is none. */
async function answerTo(changes: NamedChange[]) {
  try {
    return await read('whatif.preview', { changes })
  } catch (error) {
    if (error instanceof DomainError) return error.message
    throw error
  }
}

function questionIn(params: Record<string, string | string[] | undefined>): Question {
  const one = (name: keyof Question) => {
    const value = params[name]
    return Array.isArray(value) ? value.join(',') : value
  }
  return {
    dissolveTeam: one('dissolveTeam'),
    personLeaves: one('personLeaves'),
    retireAgent: one('retireAgent'),
    moveFrom: one('moveFrom'),
    to: one('to'),
    tools: one('tools'),
  }
}
