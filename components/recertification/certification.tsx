import type { CertificationView } from '@/lib/recertification/history/model'
import { urls } from '@/lib/urls'
import { TextLink } from '../links'
import { Departed } from '../registry/departed'
import { Quiet } from '../registry/quiet'
import { RelativeTime } from '../relative-time'
import { standingWords } from './certification-words'

function Standing({ certification: { standing, until, lostAt } }: { certification: CertificationView }) {
  const words = standingWords[standing]
  if (standing === 'revoked') return <Quiet>{words}</Quiet>
  if (standing === 'never' || until === null) return <Departed>{words}</Departed>
  if (standing === 'certified') {
    return (
      <>
        {words} {until.slice(0, 10)} (<RelativeTime at={until} />)
      </>
    )
  }
  return (
    <Departed>
      {words} <RelativeTime at={standing === 'lost' && lostAt !== null ? lostAt : until} />
    </Departed>
  )
}

/** Until when a binding is certified, since when, by whom and where that was asked; and whether somebody was asked in vain. */
export function Certification({ certification }: { certification: CertificationView }) {
  const { at, by, campaign, unanswered } = certification
  return (
    <>
      <Standing certification={certification} />
      {at !== null && (
        <>
          <br />
          <Quiet>
            Certified <RelativeTime at={at} />
            {by !== null && ` by ${by}`}
            {campaign !== null && (
              <>
                {' '}
                in <TextLink href={urls.campaign(campaign.slug)}>{campaign.name}</TextLink>
              </>
            )}
          </Quiet>
        </>
      )}
      {unanswered !== null && (
        <>
          <br />
          <Departed>
            Nobody answered in {unanswered.campaign}, <RelativeTime at={unanswered.at} />
          </Departed>
        </>
      )}
    </>
  )
}
