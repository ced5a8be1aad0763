import type { UseCaseContext } from '@/lib/use-cases/define'
import { notFound } from '@/lib/use-cases/errors'
import { getBinding, type StoredBinding } from './store'

/** The binding with this id or slug. @throws DomainError `not_found`. */
export async function bindingCalled(context: UseCaseContext, key: string): Promise<StoredBinding> {
  const binding = await getBinding(context.db, key)
  if (!binding) throw notFound(`The binding "${key}"`)
  return binding
}
