import { Body, Button, Container, Head, Heading, Hr, Html, Link, Preview, Section, Text } from '@react-email/components'
import { urls } from '@/lib/urls'
import { askWords, dueWords, newsUrl, newsWords, subjectOf } from './digest-words'
import type { Digest, DigestCampaign } from './model'

const font = 'Inter, "Segoe UI", Helvetica, Arial, sans-serif'
const link = { color: '#0c625e', textDecoration: 'underline' }
const quiet = { color: '#5c5f66', fontSize: '13px', lineHeight: '18px', margin: 0 }
const marks = { new: 'NEW', changed: 'CHANGED', unchanged: 'UNCHANGED', unknown: 'no earlier review here' } as const

/** All that waits for somebody, as they get it: readable without pictures, nothing loaded from anywhere. */
export function DigestMail({ digest, origin }: { digest: Digest; origin: string }) {
  const { person, campaigns, remediations, today } = digest
  // A second look stands with its item.
  const news = digest.news.filter((one) => one.news !== 'second_look')
  const at = (path: string) => `${origin}${path}`
  return (
    <Html lang="en">
      <Head />
      <Preview>{subjectOf(digest)}</Preview>
      <Body style={{ backgroundColor: '#f6f7f9', fontFamily: font, margin: 0, padding: '24px 0' }}>
        <Container
          style={{ backgroundColor: '#ffffff', border: '1px solid #e3e5e8', borderRadius: '8px', padding: '28px' }}
        >
          <Text style={{ ...quiet, fontWeight: 600, letterSpacing: '0.02em' }}>Pentarch</Text>
          <Heading as="h1" style={{ fontSize: '20px', lineHeight: '28px', margin: '4px 0 16px' }}>
            {subjectOf(digest)}
          </Heading>
          <Text style={{ margin: '0 0 16px' }}>Hello {person.name},</Text>
          {campaigns.map((campaign) => (
            <CampaignPart key={campaign.id} campaign={campaign} today={today} at={at} />
          ))}
          {remediations.length > 0 && (
            <Section style={{ margin: '0 0 20px' }}>
              <Heading as="h2" style={{ fontSize: '16px', margin: '0 0 4px' }}>
                Remediations that are yours
              </Heading>
              <Text style={quiet}>Revoked access that has to go where it is granted as well.</Text>
              {remediations.map(({ id, binding, dueAt, isLate }) => (
                <Text key={id} style={{ margin: '8px 0 0' }}>
                  <Link style={link} href={at(urls.remediation(id))}>
                    {binding}
                  </Link>{' '}
                  <span style={quiet}>
                    {isLate ? 'late since' : 'due'} {dueAt.toISOString().slice(0, 10)}
                  </span>
                </Text>
              ))}
            </Section>
          )}
          {news.length > 0 && (
            <Section style={{ margin: '0 0 20px' }}>
              <Heading as="h2" style={{ fontSize: '16px', margin: '0 0 4px' }}>
                What came of it
              </Heading>
              {news.map((one) => (
                <Text key={`${one.news} ${one.subjectId}`} style={{ margin: '8px 0 0' }}>
                  <Link style={link} href={at(newsUrl(one))}>
                    {newsWords(one)}
                  </Link>{' '}
                  <span style={quiet}>{one.said}</span>
                </Text>
              ))}
            </Section>
          )}
          {campaigns.length > 0 && (
            <Button
              href={at(urls.reviews())}
              style={{
                backgroundColor: '#0f6f6b',
                borderRadius: '6px',
                color: '#ffffff',
                fontWeight: 600,
                padding: '12px 20px',
              }}
            >
              Open my reviews
            </Button>
          )}
          <Hr style={{ borderColor: '#e3e5e8', margin: '24px 0 12px' }} />
          <Text style={quiet}>
            You get this because these wait for your answer, at most once a day. It ends when nothing is open for you.
            <br />
            How mail goes, and your time zone:{' '}
            <Link style={link} href={at(urls.notifications())}>
              {at(urls.notifications())}
            </Link>
          </Text>
        </Container>
      </Body>
    </Html>
  )
}

function CampaignPart({
  campaign,
  today,
  at,
}: {
  campaign: DigestCampaign
  today: string
  at: (path: string) => string
}) {
  const { slug, name, dueOn, open, items } = campaign
  const more = open - items.length
  return (
    <Section style={{ margin: '0 0 20px' }}>
      <Heading as="h2" style={{ fontSize: '16px', margin: '0 0 4px' }}>
        {name}
      </Heading>
      <Text style={quiet}>
        {askWords(campaign)} {dueWords(dueOn, today).replace(/^./, (first) => first.toUpperCase())}.
      </Text>
      {items.map((item) => (
        <Text key={item.id} style={{ margin: '8px 0 0' }}>
          <Link style={link} href={at(urls.reviewItem(item.id))}>
            {item.subject}
          </Link>{' '}
          <span style={quiet}>
            {item.risk} risk, {marks[item.standing]}
            {item.for !== null && `, for ${item.for}`}
            {item.secondLook !== null && `, second look: ${item.secondLook}`}
          </span>
        </Text>
      ))}
      {more > 0 && (
        <Text style={{ margin: '8px 0 0' }}>
          <Link style={link} href={at(urls.reviews({ campaign: slug }))}>
            and {more.toLocaleString('en')} more
          </Link>
        </Text>
      )}
    </Section>
  )
}
