/** What the form says when sign-in was refused; `error` is what next-auth passes on. */
export function refusalOf(error: string | null | undefined): string {
  if (!error) return 'The server could not be reached. Try again.'
  const seconds = Number(/^blocked:(\d+)$/.exec(error)?.[1])
  if (Number.isNaN(seconds)) return 'E-mail address or password is wrong.'
  const minutes = Math.ceil(seconds / 60)
  return `Too many failed attempts. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`
}
