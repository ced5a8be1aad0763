'use client'

import { Button, Group } from '@mantine/core'
import { IconKey, IconPlugConnected } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '@/components/api'
import { DisabledReason } from '@/components/disabled-reason'
import { Panel } from '@/components/panel'
import { Problem } from '@/components/problem'
import { Facts } from '@/components/registry/facts'
import { Quiet } from '@/components/registry/quiet'
import { useAttempt } from '@/components/use-attempt'
import type { OutputOf } from '@/lib/http/client'
import type { PointDetail } from '@/lib/registry/points/model'
import { CredentialDrawer } from './credential-drawer'
import classes from './endpoint-panel.module.css'

const credentialWords = {
  none: 'None: it is asked without',
  bearer: 'A bearer token is set',
  mtls: 'A client certificate is set',
} as const

/** Where an enforcement point can be asked for decisions, and with what. */
export function EndpointPanel({ point, mayEdit }: { point: PointDetail; mayEdit: true | string }) {
  const [setting, setSetting] = useState(false)
  const [found, setFound] = useState<OutputOf<'points.probe'> | null>(null)
  const probing = useAttempt(
    async () => setFound(await api('points.probe', { slug: point.slug })),
    () => undefined,
  )
  if (point.decisionEndpoint === null)
    return (
      <Panel title="Decision point">
        <Quiet>It has no AuthZEN address, so parity cannot ask it. Edit it to say where its decision point is.</Quiet>
      </Panel>
    )
  return (
    <Panel title="Decision point">
      <Facts
        facts={[
          { label: 'AuthZEN address', value: <code className={classes.address}>{point.decisionEndpoint}</code> },
          { label: 'Credential', value: credentialWords[point.credentialKind] },
        ]}
      />
      <Group gap="xs" mt="sm">
        <DisabledReason
          can={mayEdit}
          variant="default"
          size="xs"
          leftSection={<IconPlugConnected size={14} aria-hidden />}
          loading={probing.pending}
          onClick={() => {
            setFound(null)
            void probing.run()
          }}
        >
          Check the connection
        </DisabledReason>
        {mayEdit === true && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconKey size={14} aria-hidden />}
            onClick={() => setSetting(true)}
          >
            {point.credentialKind === 'none' ? 'Set a credential' : 'Change the credential'}
          </Button>
        )}
      </Group>
      <div className={classes.found} role="status">
        <Problem text={probing.problem ?? found?.problem ?? null} />
        {found?.problem === null && (
          <span>
            It answers and{' '}
            {found.published
              ? 'publishes its AuthZEN configuration'
              : 'publishes no configuration, so the default paths count'}
            . {found.evaluations === null ? 'Questions go one by one.' : 'Questions go in one batch.'}
          </span>
        )}
      </div>
      <CredentialDrawer point={point} opened={setting} onClose={() => setSetting(false)} />
    </Panel>
  )
}
