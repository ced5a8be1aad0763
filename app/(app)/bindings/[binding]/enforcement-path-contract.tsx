import {
  IconCircleCheckFilled,
  IconClockExclamation,
  IconHelpCircle,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react'
import { RelativeTime } from '@/components/relative-time'
import type { AttestedStatus } from '@/lib/contracts/attested'
import type { BindingDetail } from '@/lib/registry/bindings/model'
import classes from './enforcement-path.module.css'

const shownCharacters = 8

/** The head of a digest: enough to tell two apart, the whole of it on hover. */
export function Digest({ value }: { value: string }) {
  return (
    <code className={classes.digest} title={value}>
      {value.slice(0, shownCharacters)}
    </code>
  )
}

const looks: Record<AttestedStatus, { icon: TablerIcon; text: string }> = {
  match: { icon: IconCircleCheckFilled, text: 'The one in force' },
  mismatch: { icon: IconX, text: 'Another one' },
  stale: { icon: IconClockExclamation, text: 'Said too long ago' },
  none: { icon: IconHelpCircle, text: 'Never said' },
}

interface AttestedProps extends Pick<BindingDetail, 'contract'> {
  step: BindingDetail['path'][number]
}

/** Which contract a point says it enforces, beside the one in force. */
export function Attested({ step: { attestation, standing }, contract }: AttestedProps) {
  if (standing === null && !attestation) return <>None in force</>
  const look = standing && looks[standing]
  const Icon = look?.icon
  return (
    <span className={classes.attested} data-standing={standing ?? undefined}>
      {look && Icon && (
        <b>
          <Icon size={14} aria-hidden /> {look.text}
        </b>
      )}
      {attestation && (
        <small className={classes.source}>
          Version {attestation.contractVersion} <Digest value={attestation.digest} />{' '}
          <RelativeTime at={attestation.at} />
        </small>
      )}
      {!contract && <small className={classes.source}>None in force</small>}
    </span>
  )
}
