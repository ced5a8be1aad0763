import { Anchor, Text } from '@mantine/core'
import type { Metadata } from 'next'
import { CopyButton } from '@/components/copy-button'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import { read } from '@/lib/http/page-data'
import { urls } from '@/lib/urls'
import { BundlesTable } from './bundles-table'
import classes from './evidence.module.css'
import { NewBundle } from './new-bundle'

export const metadata: Metadata = { title: 'Evidence bundles' }

export default async function EvidencePage() {
  const [{ rows, next }, { keys }] = await Promise.all([read('bundles.list', {}), read('log.keys', {})])
  const [key] = keys
  return (
    <>
      <PageHeader
        title="Evidence bundles"
        meta="Files that an auditor takes away and checks without this server, and without trusting it."
      />
      <div className={classes.columns}>
        <NewBundle />
        <Panel title="What a bundle shows">
          <dl className={classes.shown}>
            <dt>Integrity</dt>
            <dd>Nothing was changed, added, dropped or moved since it was signed; each row and event is in the log.</dd>
            <dt>Completeness</dt>
            <dd>
              How many rows there were in all when the log recorded them. A filter makes it a part, and it says so.
            </dd>
            <dt>Freshness</dt>
            <dd>Of when it is, and which witnesses saw the log then.</dd>
            <dt>Not shown</dt>
            <dd>Whether what people entered was true, or what was done without being recorded.</dd>
          </dl>
          <Text size="sm" mt="sm">
            Verify it with{' '}
            <Anchor href={urls.verifier()} inherit underline="always">
              the verifier
            </Anchor>
            , one file that works without a network, or with <code>pentarch verify</code>. Hand the key of the log to
            the auditor by another way than the bundle.
          </Text>
          {key && (
            <p className={classes.key}>
              <code>{key.verifierKey}</code> <CopyButton value={key.verifierKey} label="Copy the key of the log" />
            </p>
          )}
        </Panel>
      </div>
      <BundlesTable rows={rows} next={next} />
    </>
  )
}
