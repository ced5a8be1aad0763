/** What was done to a campaign, as its course tells it. */
const titles: Record<string, string> = {
  'campaigns.create': 'Created',
  'campaigns.update': 'Changed before its start',
  'campaigns.schedule': 'Scheduled',
  'campaigns.start': 'Started',
  'campaigns.begin': 'Started as scheduled',
  'campaigns.launched': 'Launched: the picture is taken, the reviewers are asked',
  'campaigns.giveUp': 'Not launched',
  'campaigns.occur': 'Made from its template',
  'campaigns.respond': 'Made because something happened',
  'campaigns.remind': 'Reminded reviewers',
  'campaigns.extend': 'Extended a stage',
  'campaigns.reassign': 'Passed items on to another reviewer',
  'campaigns.endStage': 'Ended a stage',
  'campaigns.sendBack': 'Sent answers back for a second look',
  'campaigns.reiterate': 'Asked again about what nobody answered',
  'campaigns.stop': 'Stopped',
  'campaigns.close': 'Closed by hand',
  'campaigns.comment': 'Commented',
  'campaigns.sign': 'Signed',
  'challenges.decide': 'Decided a challenge',
}

/** An action of the audit log in words; its own name where there are none. */
export const actionTitle = (action: string): string => titles[action] ?? action
