const words: Readonly<Record<string, string>> = {
  CredentialsSignin: 'E-mail address or password is wrong.',
  code_needed: 'Enter the code that your authenticator app shows.',
  code_refused: 'This code is not the one just now. Wait for the next, or use a recovery code.',
  passkey_cancelled: 'No passkey was used.',
  passkey_refused: 'This passkey opens no account here.',
  OAuthSignin: 'The identity provider cannot be reached just now. Try again in a moment.',
  OAuthCallback: 'The identity provider’s answer could not be taken. Try again.',
  provider: 'The identity provider’s answer could not be taken. Try again.',
  no_role: 'You are in none of the groups that have a role here. Ask whoever manages them.',
  no_email: 'The identity provider does not vouch for an e-mail address of yours. Ask whoever manages it.',
  address_taken:
    'An account here has your address, and the identity provider knows its owner by another name. Ask an administrator.',
  last_administrator:
    'Your groups have no administrator’s role any more, and you are the last administrator. Another one has to be made first.',
  SessionRequired: 'Sign in to see that page.',
  refused: 'This account may not be used.',
}

/** What the form says when sign-in was refused; `error` is what next-auth passes on, or why a provider's word was not enough. */
export function refusalOf(error: string | null | undefined): string {
  if (!error || error === 'unavailable') return 'The server could not be reached. Try again.'
  const seconds = Number(/^blocked:(\d+)$/.exec(error)?.[1])
  if (Number.isNaN(seconds)) return words[error] ?? 'Signing in did not work. Try again.'
  const minutes = Math.ceil(seconds / 60)
  return `Too many failed attempts. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`
}
