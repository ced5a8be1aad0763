import { IconHelpCircle, IconShieldCheck, IconShieldX, type TablerIcon } from '@tabler/icons-react'
import type { PathMode } from '@/lib/registry/model'
import classes from './registry.module.css'
import { pathModeMeanings, pathModeTitles } from './titles'

const icons: Record<PathMode, TablerIcon> = {
  enforces: IconShieldCheck,
  trusts_upstream: IconShieldX,
  unknown: IconHelpCircle,
}

/** What an enforcement point does on a binding's path. */
export function PathModeMark({ mode }: { mode: PathMode }) {
  const Icon = icons[mode]
  return (
    <span className={classes.mode} data-mode={mode} title={pathModeMeanings[mode]}>
      <Icon size={15} stroke={1.8} aria-hidden />
      {pathModeTitles[mode]}
    </span>
  )
}
