import { redirect } from 'next/navigation'
import { urls } from '@/lib/urls'

/** The settings stand in the navigation; their own address leads to the first of them. */
export default function SettingsPage(): never {
  redirect(urls.policy())
}
