import { IconInfoCircle } from '@tabler/icons-react'
import { Panel } from '@/components/panel'
import type { ContractDetail } from '@/lib/contracts/shapes'
import classes from './contract.module.css'

/** What a reader would stumble over; nothing when there is nothing. */
export function Remarks({ remarks }: Pick<ContractDetail, 'remarks'>) {
  if (remarks.length === 0) return null
  return (
    <Panel title={`Worth a look (${remarks.length})`} flush>
      <ul className={classes.remarks}>
        {remarks.map(({ field, text }) => (
          <li key={`${field}${text}`}>
            <IconInfoCircle size={15} stroke={1.8} aria-hidden />
            <span>
              {text} <code>{field}</code>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
