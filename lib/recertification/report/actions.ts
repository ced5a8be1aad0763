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
  'campaigns.escalate': 'Escalated what nobody answered',
  'campaigns.passOn': 'Passed on the items of reviewers who left',
  'campaigns.endStage': 'Ended a stage',
  'campaigns.stageDue': 'Ended a stage whose time was over',
  'campaigns.sendBack': 'Sent answers back for a second look',
  'campaigns.reiterate': 'Asked again about what nobody answered',
  'campaigns.stop': 'Stopped',
  'campaigns.close': 'Closed by hand',
  'campaigns.closeSettled': 'Closed, the time to contest being over',
  'campaigns.apply': 'Applied what was decided',
  'campaigns.comment': 'Commented',
  'campaigns.sign': 'Signed',
  'challenges.decide': 'Decided a challenge',
}

/** An action of the audit log in words; its own name where there are none. */
export const actionTitle = (action: string): string => titles[action] ?? action
