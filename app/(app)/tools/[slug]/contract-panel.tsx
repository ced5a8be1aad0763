import { Group } from '@mantine/core'
import { ContractStateMark } from '@/components/contracts/marks'
import { StandingTable } from '@/components/contracts/standing-table'
import { Digest } from '@/components/digest'
import { TextLink } from '@/components/links'
import { Panel } from '@/components/panel'
import registry from '@/components/registry/registry.module.css'
import type { ContractRow, Standing } from '@/lib/contracts/shapes'
import type { ToolDetail } from '@/lib/registry/tools/model'
import { urls } from '@/lib/urls'
import { NewContract } from '../../contracts/new-contract'

interface ContractPanelProps {
  tool: Pick<ToolDetail, 'slug' | 'lifecycle'>
  /** The newest versions, and whether there are more. */
  contracts: { rows: readonly ContractRow[]; next: string | null }
  standings: readonly Standing[]
  mayCreate: true | string
}

/** The limits of a tool as agreed: its contract, version by version, and what each point says it enforces. */
export function ContractPanel({ tool, contracts, standings, mayCreate }: ContractPanelProps) {
  const { rows, next } = contracts
  return (
    <Panel
      title="Policy contract"
      aside={
        <Group gap="sm">
          {(next !== null || rows.length > 1) && (
            <TextLink href={urls.contracts({ tool: tool.slug })}>All versions</TextLink>
          )}
          <NewContract
            can={tool.lifecycle === 'retired' ? 'A retired tool gets no contract any more.' : mayCreate}
            tool={tool.slug}
            label={rows.length === 0 ? 'Begin a contract' : 'New version'}
            compact
          />
        </Group>
      }
      flush
    >
      {rows.length === 0 ? (
        <p className={registry.none}>
          No contract yet: nobody has agreed on the limits that every point has to honour.
        </p>
      ) : (
        <ul className={registry.list} aria-label="Versions of the contract">
          {rows.map((contract) => (
            <li key={contract.id} className={registry.line}>
              <TextLink href={urls.contract(tool.slug, contract.version)}>Version {contract.version}</TextLink>
              <ContractStateMark state={contract.state} discarded={contract.discarded} />
              <Digest digest={contract.digest} />
              <span className={registry.end}>
                {contract.points
                  ? `${contract.points.attested} of ${contract.points.enforcing} enforcing points attest to it`
                  : (contract.author?.name ?? 'No author known')}
              </span>
            </li>
          ))}
        </ul>
      )}
      {rows.length > 0 && standings.length > 0 && <StandingTable of="points" rows={standings} none="" />}
    </Panel>
  )
}
