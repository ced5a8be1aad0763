import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { EmptyState } from '@/components/empty-state'
import { LinkButton } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { Stacked } from '@/components/registry/columns'
import { StatTile } from '@/components/stat-tile'
import { pageMay, read } from '@/lib/http/page-data'
import { scimAddress } from '@/lib/provisioning/scim/request'
import { urls } from '@/lib/urls'
import { Connect } from './connect'
import { HeldDepartures } from './held-departures'
import classes from './provisioning.module.css'
import { RequestsTable } from './requests-table'

export const metadata: Metadata = { title: 'Provisioning' }

const heldShown = 100

export default async function ProvisioningPage() {
  const maySee = await pageMay('provisioning.get')
  return (
    <>
      <PageHeader
        title="Provisioning"
        meta={
          <span>Your identity provider says by SCIM who is there, who manages whom, and who is in which team.</span>
        }
        actions={maySee === true && <LinkButton href={urls.tokens()}>Make an API token</LinkButton>}
      />
      {maySee === true ? <State /> : <EmptyState>{maySee}</EmptyState>}
    </>
  )
}

async function State() {
  const [state, held, mayDecide, asked] = await Promise.all([
    read('provisioning.get', {}),
    read('provisioning.held', { limit: heldShown }),
    pageMay('provisioning.confirmHeld'),
    headers(),
  ])
  const { people, teams, heldFrom, holdAfter, requests } = state
  return (
    <Stacked>
      <div className={classes.tiles}>
        <StatTile label="People, active" value={people.active} />
        <StatTile label="People, deactivated" value={people.inactive} />
        <StatTile label="Teams" value={teams} />
        <StatTile
          label="Departures held"
          value={state.held}
          note={`beyond ${heldFrom.toLocaleString('en')} within an hour`}
        />
      </div>
      <HeldDepartures held={held.rows} total={state.held} holdAfter={holdAfter} can={mayDecide} />
      <Connect address={scimAddress(`http://${asked.get('host') ?? 'localhost'}`)} />
      <RequestsTable requests={requests} />
    </Stacked>
  )
}
