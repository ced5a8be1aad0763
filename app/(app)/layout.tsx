import type { ReactNode } from 'react'
import { Shell } from '@/components/shell/shell'
import { roleTitles } from '@/lib/access/model'
import { pageActor, pageAsOf } from '@/lib/http/page-data'

/** The frame of all pages behind sign-in. Each page still checks for itself what it may show. */
export default async function AppLayout({ children }: { children: ReactNode }) {
  const [actor, asOf] = await Promise.all([pageActor(), pageAsOf()])
  return (
    <Shell account={{ name: actor.name, role: roleTitles[actor.role] }} asOf={asOf?.toISOString() ?? null}>
      {children}
    </Shell>
  )
}
