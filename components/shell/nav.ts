import {
  IconAdjustments,
  IconAlertTriangle,
  IconArrowsSplit2,
  IconBandage,
  IconBinaryTree,
  IconBook2,
  IconBroadcast,
  IconCalendarCheck,
  IconCalendarShare,
  IconCertificate,
  IconChartBar,
  IconChecklist,
  IconDatabaseExport,
  IconDatabaseImport,
  IconFileCertificate,
  IconFileZip,
  IconGitCompare,
  IconGridDots,
  IconHistory,
  IconKey,
  IconLink,
  IconLock,
  IconMail,
  IconPlug,
  IconRobot,
  IconShieldLock,
  IconShieldOff,
  IconSitemap,
  IconTool,
  IconUser,
  IconUserCog,
  IconUserShare,
  IconUsersGroup,
  IconUsersPlus,
  IconWorldUpload,
  type TablerIcon,
} from '@tabler/icons-react'
import { urls } from '@/lib/urls'

export interface NavItem {
  title: string
  href: string
  icon: TablerIcon
  /** The key after `g` that goes there. */
  key: string
}

export interface NavGroup {
  title: string
  items: readonly NavItem[]
}

/** The navigation: the one list that the side bar, the command palette and the shortcuts read. */
export const nav: readonly NavGroup[] = [
  {
    title: 'Ownership',
    items: [
      { title: 'Overview', href: urls.overview(), icon: IconChartBar, key: 'o' },
      { title: 'Matrix', href: urls.matrix(), icon: IconGridDots, key: 'm' },
      { title: 'Gaps', href: urls.gaps(), icon: IconAlertTriangle, key: 'g' },
      { title: 'Mend', href: urls.mend(), icon: IconBandage, key: 'd' },
      { title: 'Succession', href: urls.successions(), icon: IconUserShare, key: 'u' },
      { title: 'What if', href: urls.whatIf(), icon: IconArrowsSplit2, key: 'x' },
    ],
  },
  {
    title: 'Registry',
    items: [
      { title: 'Agents', href: urls.agents(), icon: IconRobot, key: 'a' },
      { title: 'Tools', href: urls.tools(), icon: IconPlug, key: 't' },
      { title: 'Enforcement points', href: urls.enforcementPoints(), icon: IconShieldLock, key: 'n' },
      { title: 'Bindings', href: urls.bindings(), icon: IconLink, key: 'b' },
      { title: 'Delegations', href: urls.delegations(), icon: IconSitemap, key: 'l' },
      { title: 'Teams', href: urls.teams(), icon: IconUsersGroup, key: 'e' },
      { title: 'People', href: urls.people(), icon: IconUser, key: 'p' },
    ],
  },
  {
    title: 'Recertification',
    items: [
      { title: 'Campaigns', href: urls.recertification(), icon: IconCalendarCheck, key: 'h' },
      { title: 'My reviews', href: urls.reviews(), icon: IconChecklist, key: 'q' },
      { title: 'Remediations', href: urls.remediations(), icon: IconTool, key: 'z' },
      { title: 'Mail', href: urls.mails(), icon: IconMail, key: 'k' },
    ],
  },
  {
    title: 'Rules and limits',
    items: [
      { title: 'Contracts', href: urls.contracts(), icon: IconFileCertificate, key: 'c' },
      { title: 'Exceptions', href: urls.exceptions(), icon: IconShieldOff, key: 'v' },
      { title: 'Rules', href: urls.rules(), icon: IconBook2, key: 'r' },
      { title: 'Frameworks', href: urls.frameworks(), icon: IconCertificate, key: 'f' },
    ],
  },
  {
    title: 'Audit',
    items: [
      { title: 'Audit log', href: urls.audit(), icon: IconHistory, key: '2' },
      { title: 'Compare', href: urls.compare(), icon: IconGitCompare, key: '5' },
      { title: 'Transparency log', href: urls.log(), icon: IconBinaryTree, key: '4' },
      { title: 'Evidence bundles', href: urls.evidence(), icon: IconFileZip, key: '3' },
    ],
  },
  {
    title: 'Sources',
    items: [
      { title: 'Imports', href: urls.imports(), icon: IconDatabaseImport, key: 'i' },
      { title: 'Exports', href: urls.exports(), icon: IconDatabaseExport, key: 'j' },
    ],
  },
  {
    title: 'Settings',
    items: [
      { title: 'Policy', href: urls.policy(), icon: IconAdjustments, key: 'y' },
      { title: 'Accounts', href: urls.accounts(), icon: IconUserCog, key: '8' },
      { title: 'Sign-in', href: urls.waysIn(), icon: IconLock, key: '9' },
      { title: 'Provisioning', href: urls.provisioning(), icon: IconUsersPlus, key: '7' },
      { title: 'Outbound requests', href: urls.outbound(), icon: IconWorldUpload, key: 'w' },
      { title: 'Scheduled exports', href: urls.exportSchedules(), icon: IconCalendarShare, key: '6' },
      { title: 'Event streams', href: urls.streams(), icon: IconBroadcast, key: '1' },
      { title: 'API tokens', href: urls.tokens(), icon: IconKey, key: 's' },
    ],
  },
]

/** Every item, in order. */
export const navItems: readonly NavItem[] = nav.flatMap(({ items }) => items)

/** Whether the page at `pathname` belongs to the item: itself, or a page below it. */
export function isCurrent(href: string, pathname: string): boolean {
  return href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`)
}
