import { CopyButton } from '@/components/copy-button'
import { Panel } from '@/components/panel'
import { Quiet } from '@/components/registry/quiet'
import classes from './provisioning.module.css'

/** How an identity provider is connected. `address` is that of the SCIM server. */
export function Connect({ address }: { address: string }) {
  return (
    <Panel title="Connect an identity provider">
      <div className={classes.address}>
        <span>SCIM base URL</span>
        <code>{address}</code>
        <CopyButton value={address} label="Copy the SCIM base URL" />
      </div>
      <p>
        <Quiet>
          It signs in with an API token of an admin that has the scope Provisioning and nothing else. The token ends
          when it expires: note the day.
        </Quiet>
      </p>
      <div className={classes.ways}>
        <section aria-label="Microsoft Entra ID">
          <h3>Microsoft Entra ID</h3>
          <ol>
            <li>Enterprise applications, New application, Create your own, not in the gallery.</li>
            <li>
              Provisioning, mode Automatic: the base URL as Tenant URL, the token as Secret Token. Test Connection.
            </li>
            <li>Keep the mappings as they are; userPrincipalName leads to userName.</li>
            <li>Assign people and groups, then turn provisioning on.</li>
          </ol>
        </section>
        <section aria-label="Okta">
          <h3>Okta</h3>
          <ol>
            <li>Add the app “SCIM 2.0 Test App (OAuth Bearer Token)”, or turn on SCIM in your own.</li>
            <li>Provisioning, Integration: the base URL, and the token as bearer token. Test API Credentials.</li>
            <li>To App: turn on Create Users, Update User Attributes and Deactivate Users.</li>
            <li>Assign people, and push groups under Push Groups.</li>
          </ol>
        </section>
      </div>
    </Panel>
  )
}
