import { Option } from 'commander'

/** The option that says how to print; the first choice is what happens without it. */
export const formatOption = (...choices: [string, ...string[]]): Option =>
  new Option('--format <format>', 'how to print').choices(choices).default(choices[0])
