/** The jobs of recertification, for those who wake them. */
export const campaignJobs = {
  /** Takes the picture of campaigns being launched, and asks their first reviewers. */
  launch: 'campaigns.launch',
  /** Ends stages and challenge periods whose time is over, escalates, passes on what leavers had. */
  advance: 'campaigns.advance',
  /** Applies what was decided in campaigns being closed. */
  apply: 'campaigns.apply',
  /** Launches what recurs, what falls due, and what something that happened calls for. */
  schedule: 'campaigns.schedule',
  /** Mails people what waits for them. */
  mail: 'mail.send',
} as const
