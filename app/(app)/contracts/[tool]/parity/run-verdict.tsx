import {
  IconCircleCheckFilled,
  IconClock,
  IconExclamationCircleFilled,
  IconHelpCircleFilled,
  IconXboxXFilled,
} from '@tabler/icons-react'
import type { RunRow } from '@/lib/contracts/parity/model'
import classes from './parity.module.css'

const answersIn = (count: number) => `${count} ${count === 1 ? 'answer' : 'answers'}`

/** How a run came out, in a few words and a shape of its own. */
export function RunVerdict({ run }: { run: Pick<RunRow, 'state' | 'answers' | 'points'> }) {
  const { tone, icon: Icon, text } = verdictOf(run)
  return (
    <span className={classes.mark} data-tone={tone}>
      <Icon size={14} aria-hidden />
      {text}
    </span>
  )
}

function verdictOf({ state, answers, points }: Pick<RunRow, 'state' | 'answers' | 'points'>) {
  const { agrees, disagrees, no_answer: missing } = answers
  if (state === 'running') return { tone: 'info', icon: IconClock, text: 'Asking the points' }
  if (state === 'failed') return { tone: 'high', icon: IconExclamationCircleFilled, text: 'Did not end' }
  if (disagrees > 0)
    return {
      tone: 'critical',
      icon: IconXboxXFilled,
      text: `${answersIn(disagrees)} of ${agrees + disagrees + missing} ${disagrees === 1 ? 'disagrees' : 'disagree'}`,
    }
  if (missing > 0) return { tone: 'high', icon: IconHelpCircleFilled, text: `${answersIn(missing)} missing` }
  return {
    tone: 'good',
    icon: IconCircleCheckFilled,
    text: points === 1 ? 'The one point asked agrees' : `All ${points} points agree`,
  }
}
