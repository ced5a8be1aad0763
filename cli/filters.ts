import { InvalidArgumentError } from 'commander'

/** Gathers `--filter key=value`, which may be repeated. */
export function collectFilter(text: string, filter: Record<string, string>): Record<string, string> {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
  if (key === undefined || value === undefined) throw new InvalidArgumentError('Write it as key=value.')
  return { ...filter, [key]: value }
}
