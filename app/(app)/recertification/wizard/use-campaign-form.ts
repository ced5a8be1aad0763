'use client'

import { type UseFormReturnType, useForm } from '@mantine/form'
import { useEffect, useRef, useState } from 'react'
import { ApiProblem } from '@/lib/http/client'
import { type Definition, definitionSchema, type Schedule, scheduleSchema } from '@/lib/recertification/model'
import { nameSchema } from '@/lib/registry/model'
import { fieldPath } from '@/lib/use-cases/field-path'
import { problemsByField } from './problems'
import { type CampaignValues, definitionFrom, scheduleFrom } from './values'

export type CampaignForm = UseFormReturnType<CampaignValues>

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** Brings the first field that is wrong into sight and the focus to it, once its error is drawn. */
function showFirstError() {
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLElement>('form [aria-invalid="true"], form [role="alert"]')
    field?.scrollIntoView({ block: 'center' })
    field?.focus({ preventScroll: true })
  })
}

/** What was typed, in order. */
export interface Typed {
  values: CampaignValues
  definition: Definition
  schedule: Schedule | null
}

/** What is wrong with the values before anybody is asked, by field. */
function problemsOf(values: CampaignValues, only: Definition['only']): Record<string, string> {
  const name = nameSchema.safeParse(values.name)
  const parsed = definitionSchema.safeParse(definitionFrom(values, only))
  const schedule = scheduleSchema.nullable().safeParse(scheduleFrom(values.schedule))
  const issues = [
    ...(parsed.error?.issues ?? []),
    ...(schedule.error?.issues ?? []).map(({ path, message }) => ({ path: ['schedule', ...path], message })),
  ]
  return {
    ...problemsByField(issues.map(({ path, message }) => ({ field: fieldPath(path), message }))),
    ...(!name.success && { name: name.error.issues[0]?.message ?? 'Give it a name' }),
  }
}

/**
 * The form of a campaign or template: what is wrong stands at its field, whoever finds it, and nothing typed is lost.
 * When the record was changed by somebody else and the page brought up to date, fields nobody touched here take over.
 */
export function useCampaignForm(initial: CampaignValues, only: Definition['only']) {
  const form = useForm<CampaignValues>({ initialValues: initial, validate: (values) => problemsOf(values, only) })
  const [pending, setPending] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [stale, setStale] = useState(false)
  const base = useRef(initial)
  const standing = useRef(form)
  standing.current = form

  useEffect(() => {
    if (same(base.current, initial)) return
    const before: Record<string, unknown> = base.current
    const typed: Record<string, unknown> = standing.current.getValues()
    base.current = initial
    standing.current.setValues(
      Object.fromEntries(Object.entries(initial).filter(([name]) => same(typed[name], before[name]))),
    )
    setStale(false)
    setProblem(null)
  }, [initial])

  function show(error: unknown): string {
    if (!(error instanceof ApiProblem)) {
      const sentence = error instanceof Error ? error.message : 'It did not work. Try again.'
      setProblem(sentence)
      return sentence
    }
    const { code, detail, errors } = error.problem
    setStale(code === 'stale')
    setProblem(detail)
    if (code !== 'stale' && errors.length > 0) {
      form.setErrors(problemsByField(errors))
      showFirstError()
    }
    return detail
  }

  const running = useRef(false)
  /**
   * Runs an act on what is typed when that is in order; `name` says which button waits. Resolves to what is wrong, which
   * stands in `problem` as well, or to null when it worked.
   */
  async function attempt(name: string, act: (typed: Typed) => Promise<void>): Promise<string | null> {
    if (running.current) return 'It is being done already.'
    setProblem(null)
    if (form.validate().hasErrors) {
      const sentence = 'Something is missing or wrong; it is marked where it stands.'
      setProblem(sentence)
      showFirstError()
      return sentence
    }
    const values = form.getValues()
    running.current = true
    setPending(name)
    try {
      await act({
        values,
        definition: definitionSchema.parse(definitionFrom(values, only)),
        schedule: scheduleSchema.nullable().parse(scheduleFrom(values.schedule)),
      })
      return null
    } catch (error) {
      return show(error)
    } finally {
      running.current = false
      setPending(null)
    }
  }
  return { form, attempt, pending, problem, stale }
}
