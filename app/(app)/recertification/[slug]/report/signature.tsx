import { Digest } from '@/components/digest'
import { Panel } from '@/components/panel'
import type { CampaignReport } from '@/lib/recertification/report/model'
import { instant } from '@/lib/recertification/report/texts'
import classes from './report.module.css'
import { SignButton } from './sign-button'
import { Verify } from './verify'

/** What was attested to and by whom, and whether the record still is what was signed. */
export function Signature({ report }: { report: CampaignReport }) {
  const { attestation, signature, campaign, may, totals } = report
  return (
    <Panel title="Attestation">
      {signature ? (
        <div className={classes.signature}>
          <blockquote>{attestation}</blockquote>
          <div>
            Signed electronically by <strong>{signature.by}</strong>, {instant(signature.at)} UTC
          </div>
          <div className={classes.verdict}>
            <span className={classes.quiet}>SHA-256 of the record</span>
            <Digest digest={signature.digest} />
            <Verify slug={campaign.slug} items={totals.items} />
          </div>
        </div>
      ) : (
        <>
          <p className={classes.prose}>
            Nobody has signed this report. Signing keeps what is attested to, by whom and when, and a digest of the
            whole record that shows later whether anything was altered.
          </p>
          <SignButton slug={campaign.slug} name={campaign.name} attestation={attestation} can={may.sign} />
        </>
      )}
    </Panel>
  )
}
