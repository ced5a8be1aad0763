import { AttestButton } from '@/components/contracts/attest-button'
import { StandingTable } from '@/components/contracts/standing-table'
import { Panel } from '@/components/panel'
import type { OutputOf } from '@/lib/http/client'

interface AttestedToolsProps {
  point: { slug: string; name: string }
  standings: OutputOf<'attestations.standing'>
}

/** Which contracts a point says it enforces, tool by tool. */
export function AttestedTools({ point, standings: { rows, more } }: AttestedToolsProps) {
  const [first] = rows
  const attestable = rows.flatMap(({ tool, inForce }) => (inForce ? { ...tool, inForce } : []))
  return (
    <Panel
      title={`What it attests to${rows.length > 0 ? ` (${rows.length}${more ? '+' : ''})` : ''}`}
      aside={
        first &&
        attestable.length > 1 && <AttestButton point={point} tools={attestable} can={first.mayAttest} compact />
      }
      flush
    >
      <StandingTable
        of="tools"
        rows={rows}
        none="No path to a tool passes it, and it is the application of none: there is nothing to attest to."
      />
    </Panel>
  )
}
