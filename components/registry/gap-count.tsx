import { TextLink } from '../links'
import { Quiet } from './quiet'

/** The number of open gaps in a list: a link to them, or a quiet zero. */
export function GapCount({ count, href }: { count: number; href: string }) {
  if (count === 0) return <Quiet>0</Quiet>
  return <TextLink href={href}>{count.toLocaleString('en')}</TextLink>
}
