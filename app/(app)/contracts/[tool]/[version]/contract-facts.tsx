import { ContractModelMark } from '@/components/contracts/marks'
import { Digest } from '@/components/digest'
import { PersonLink, TeamLink } from '@/components/links'
import { Panel } from '@/components/panel'
import { Facts } from '@/components/registry/facts'
import { Quiet } from '@/components/registry/quiet'
import { RelativeTime } from '@/components/relative-time'
import type { ContractDetail } from '@/lib/contracts/shapes'

function Signature({ signedOff }: Pick<ContractDetail, 'signedOff'>) {
  if (!signedOff) return <Quiet>Nobody yet</Quiet>
  const { person, team, at } = signedOff
  return (
    <>
      {person ? <PersonLink id={person.externalId} name={person.name} /> : 'Somebody no longer known'}
      {team && (
        <>
          {' '}
          for <TeamLink {...team} />
        </>
      )}
      {at && (
        <>
          , <RelativeTime at={at} />
        </>
      )}
    </>
  )
}

/** Who wrote and signed a version, and which text that was. */
export function ContractFacts({ contract }: { contract: ContractDetail }) {
  const { author, authoredBy, inForceAt, supersededAt, note, createdAt } = contract
  return (
    <Panel title="Who stands behind it">
      <Facts
        facts={[
          { label: 'Author', value: author ? <TeamLink {...author} /> : <Quiet>Nobody named</Quiet> },
          { label: 'Model', value: <ContractModelMark model={contract.model} /> },
          {
            label: 'Written',
            value: (
              <>
                {authoredBy ?? 'With an import'}, <RelativeTime at={createdAt} />
              </>
            ),
          },
          { label: 'Signed off by', value: <Signature signedOff={contract.signedOff} /> },
          {
            label: 'In force',
            value: inForceAt ? (
              <RelativeTime at={inForceAt} />
            ) : (
              <Quiet>{contract.state === 'in_force' ? 'Since an import' : 'Not yet'}</Quiet>
            ),
          },
          ...(supersededAt
            ? [{ label: contract.discarded ? 'Discarded' : 'Superseded', value: <RelativeTime at={supersededAt} /> }]
            : []),
          { label: 'Digest', value: <Digest digest={contract.digest} full /> },
          ...(note ? [{ label: 'Note', value: note }] : []),
        ]}
      />
    </Panel>
  )
}
