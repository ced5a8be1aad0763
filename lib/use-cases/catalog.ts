import { accountUseCases } from '@/lib/access/accounts/service'
import { wayInUseCases } from '@/lib/access/factors/service'
import { meUseCases } from '@/lib/access/me'
import { serviceAccountUseCases } from '@/lib/access/service-accounts/service'
import { sessionUseCases } from '@/lib/access/sessions/service'
import { tokenUseCases } from '@/lib/access/tokens/service'
import { erasureUseCases } from '@/lib/audit/erase'
import { auditUseCases } from '@/lib/audit/service'
import { calendarUseCases } from '@/lib/calendar-feed/service'
import { decisionLogUseCases } from '@/lib/contracts/decision-log/service'
import { parityUseCases } from '@/lib/contracts/parity/service'
import { contractUseCases } from '@/lib/contracts/service'
import { delegationGraphUseCases } from '@/lib/delegations/service'
import { bundleUseCases } from '@/lib/evidence/service'
import { exportScheduleUseCases } from '@/lib/exporters/schedules/service'
import { exportUseCases } from '@/lib/exporters/service'
import { gapUseCases } from '@/lib/gaps/service'
import { compareUseCases } from '@/lib/history/compare/service'
import { knownAtUseCases } from '@/lib/history/known-at/service'
import { historyUseCases } from '@/lib/history/service'
import { importUseCases } from '@/lib/importers/service'
import { mailUseCases } from '@/lib/mail/service'
import { matrixUseCases } from '@/lib/matrix/service'
import { metricsUseCases } from '@/lib/metrics/service'
import { outboundUseCases } from '@/lib/outbound/service'
import { overviewUseCases } from '@/lib/overview/service'
import { ownershipUseCases } from '@/lib/ownership/service'
import { successionUseCases } from '@/lib/ownership/succession/service'
import { mendUseCases } from '@/lib/ownership/suggest/service'
import { provisioningUseCases } from '@/lib/provisioning/service'
import { campaignUseCases } from '@/lib/recertification/campaigns/service'
import { previewUseCases } from '@/lib/recertification/launch/preview'
import { upcomingUseCases } from '@/lib/recertification/launch/upcoming'
import { reminders } from '@/lib/recertification/mail/remind'
import { remediationUseCases } from '@/lib/recertification/remediation/service'
import { certificationUseCases } from '@/lib/recertification/report/certifications'
import { reportUseCases } from '@/lib/recertification/report/service'
import { reviewUseCases } from '@/lib/recertification/reviews/service'
import { campaignRunUseCases } from '@/lib/recertification/stages/service'
import { registryUseCases } from '@/lib/registry/use-cases'
import { settingsUseCases } from '@/lib/settings/service'
import { frameworkUseCases } from '@/lib/standards/service'
import { streamUseCases } from '@/lib/streams/service'
import { logUseCases } from '@/lib/transparency/service'
import { whatIfUseCases } from '@/lib/whatif/service'

/**
 * Every use case of the product by its name: what the REST door, the browser's client, the command line and the
 * permission test go through. A name of the permission table that is missing here does not compile.
 */
export const useCases = {
  ...matrixUseCases,
  ...ownershipUseCases,
  ...successionUseCases,
  ...mendUseCases,
  ...registryUseCases,
  ...delegationGraphUseCases,
  ...gapUseCases,
  ...frameworkUseCases,
  ...settingsUseCases,
  ...overviewUseCases,
  ...metricsUseCases,
  ...contractUseCases,
  ...whatIfUseCases,
  ...exportUseCases,
  ...bundleUseCases,
  ...importUseCases,
  ...parityUseCases,
  ...campaignRunUseCases,
  ...reminders,
  ...mailUseCases,
  ...calendarUseCases,
  ...decisionLogUseCases,
  ...remediationUseCases,
  ...outboundUseCases,
  ...provisioningUseCases,
  ...exportScheduleUseCases,
  ...streamUseCases,
  ...campaignUseCases,
  ...previewUseCases,
  ...upcomingUseCases,
  ...reportUseCases,
  ...certificationUseCases,
  ...reviewUseCases,
  ...auditUseCases,
  ...erasureUseCases,
  ...logUseCases,
  ...historyUseCases,
  ...compareUseCases,
  ...knownAtUseCases,
  ...serviceAccountUseCases,
  ...tokenUseCases,
  ...sessionUseCases,
  ...wayInUseCases,
  ...accountUseCases,
  ...meUseCases,
}
