import { redirect } from 'next/navigation'
import { pageActor } from '@/lib/http/page-data'
import { urls } from '@/lib/urls'

/** The settings stand in the navigation; their own address leads to the first of them. */
export default async function SettingsPage(): Promise<never> {
  await pageActor()
  redirect(urls.policy())
}
