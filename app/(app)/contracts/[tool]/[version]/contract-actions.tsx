'use client'

import { IconPencil } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { api } from '@/components/api'
import { Digest } from '@/components/digest'
import { DisabledReason } from '@/components/disabled-reason'
import { Move } from '@/components/registry/move'
import type { ContractDetail } from '@/lib/contracts/shapes'
import { urls } from '@/lib/urls'
import { NewContract } from '../../new-contract'

/** What can be done with a version now. What cannot says why. */
export function ContractActions({ contract, mayCreate }: { contract: ContractDetail; mayCreate: true | string }) {
  const router = useRouter()
  const { tool, version, revision, state, may, digest } = contract
  const key = { tool: tool.slug, version, revision }
  const earlier = contract.versions.find((each) => each.state === 'in_force')
  const isOpen = state === 'draft' || state === 'signed_off'
  return (
    <>
      {state === 'draft' && (
        <DisabledReason
          can={may.edit}
          variant="default"
          leftSection={<IconPencil size={14} aria-hidden />}
          onClick={() => router.push(urls.editContract(tool.slug, version))}
        >
          Edit draft
        </DisabledReason>
      )}
      {isOpen && (
        <Move
          title="Discard"
          question={`Discard version ${version}`}
          can={may.discard}
          dangerous
          move={async (reason) => {
            await api('contracts.discard', { ...key, reason })
          }}
        >
          It is kept for the record and cannot come back; a new version can say the same.
        </Move>
      )}
      {state === 'draft' && (
        <Move
          title="Sign off"
          question={`Sign off version ${version} of ${tool.name}`}
          can={may.sign}
          primary
          move={async (reason) => {
            await api('contracts.sign', { ...key, reason })
          }}
        >
          You say for security that these limits are right. What you sign is the text with the digest{' '}
          <Digest digest={digest} />; it cannot be edited any more.
        </Move>
      )}
      {state === 'signed_off' && (
        <Move
          title="Put in force"
          question={`Put version ${version} of ${tool.name} in force`}
          can={may.activate}
          primary
          move={async (reason) => {
            await api('contracts.activate', { ...key, reason })
          }}
        >
          {earlier ? `Version ${earlier.version} is superseded with it. ` : ''}
          Every point that enforces has to attest to the digest <Digest digest={digest} /> from now on.
        </Move>
      )}
      {!isOpen && (
        <NewContract
          can={tool.lifecycle === 'retired' ? 'A retired tool gets no contract any more.' : mayCreate}
          tool={tool.slug}
          label="New version"
        />
      )}
    </>
  )
}
