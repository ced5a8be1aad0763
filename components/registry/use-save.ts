'use client'

import type { UseFormReturnType } from '@mantine/form'
import { useEffect, useRef, useState } from 'react'
import { ApiProblem } from '@/lib/http/client'

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** The fields of an edit that differ from what is there: an edit never touches what its editor did not. */
export function changedOf<Input extends object>(present: Input, wanted: Input): Partial<Input> {
  const changed: Partial<Input> = {}
  for (const name in wanted) if (!same(present[name], wanted[name])) changed[name] = wanted[name]
  return changed
}

/** Brings the first field that is wrong into sight, once its error is drawn, and the focus to it where it has one. */
export function showFirstError(): void {
  requestAnimationFrame(() => {
    const field = document.querySelector('[role="dialog"] .mantine-InputWrapper-error')?.parentElement
    field?.scrollIntoView({ block: 'nearest' })
    field?.querySelector<HTMLElement>('input, textarea')?.focus({ preventScroll: true })
  })
}

interface SaveOptions<Values> {
  form: UseFormReturnType<Values>
  /** The record as the page shows it now; it changes when the page is brought up to date. */
  initial: Values
  /** Sends what was typed; `present` is the record as it was when the form last took it over. */
  save: (values: Values, present: Values) => Promise<void>
  onSaved: () => void
}

/**
 * Saves a form: the server's problem stands at the field it names, otherwise above the buttons, and nothing typed is
 * lost. When somebody else was quicker (`stale`) and the page is reloaded, untouched fields take the new values.
 */
export function useSave<Values extends Record<string, unknown>>({ form, initial, save, onSaved }: SaveOptions<Values>) {
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [stale, setStale] = useState(false)
  const present = useRef(initial)

  useEffect(() => {
    if (same(present.current, initial)) return
    const typed = form.getValues()
    const untouched = Object.entries(initial).filter(([name]) => same(typed[name], present.current[name]))
    present.current = initial
    form.setValues({ ...typed, ...Object.fromEntries(untouched) })
    setStale(false)
    setProblem(null)
  }, [initial, form])

  function show(error: unknown) {
    if (!(error instanceof ApiProblem)) {
      setProblem(error instanceof Error ? error.message : 'It could not be saved. Try again.')
      return
    }
    const { code, detail, errors } = error.problem
    setStale(code === 'stale')
    const fieldOf = (field: string) => field.split(/[.[]/, 1)[0] ?? field
    const here = code === 'stale' ? [] : errors.filter(({ field }) => fieldOf(field) in form.getValues())
    form.setErrors(Object.fromEntries(here.map(({ field, message }) => [fieldOf(field), message])))
    if (here.length > 0) showFirstError()
    const elsewhere = errors.filter((each) => !here.includes(each)).map(({ field, message }) => `${field}: ${message}`)
    if (code === 'stale' || errors.length === 0) setProblem(detail)
    else setProblem(elsewhere.length > 0 ? elsewhere.join('. ') : null)
  }

  async function submit(values: Values) {
    setPending(true)
    setProblem(null)
    try {
      await save(values, present.current)
      onSaved()
    } catch (error) {
      show(error)
    } finally {
      setPending(false)
    }
  }
  return { submit, onSubmit: form.onSubmit(submit, showFirstError), pending, problem, stale }
}
