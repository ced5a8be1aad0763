import { contractModelMeanings, contractModelTitles } from '@/components/contracts/titles'
import { TextLink } from '@/components/links'
import { contractModels } from '@/lib/contracts/states'
import type { OutputOf } from '@/lib/http/client'
import { urls } from '@/lib/urls'
import classes from './contracts.module.css'

/** How the organisation writes policy: what is in force by who authored it, and what waits for somebody. */
export function ModelCounts({ counts: { inForce, states } }: { counts: OutputOf<'contracts.counts'> }) {
  const waiting = [
    {
      state: 'draft',
      count: states.draft ?? 0,
      word: states.draft === 1 ? 'draft' : 'drafts',
      text: 'waiting for security',
    },
    { state: 'signed_off', count: states.signed_off ?? 0, word: 'signed off', text: 'waiting to be put in force' },
  ].filter(({ count }) => count > 0)
  return (
    <ul className={classes.counts} aria-label="Contracts by model">
      {contractModels.map((model) => (
        <li key={model} title={contractModelMeanings[model]}>
          <TextLink href={urls.contracts({ state: 'in_force', model })}>
            <b>{inForce[model].toLocaleString('en')}</b> {contractModelTitles[model].toLowerCase()}
          </TextLink>
          <small>
            {model === 'central' ? 'in force, authored centrally' : 'in force, authored with the application'}
          </small>
        </li>
      ))}
      {inForce.unknown > 0 && (
        <li>
          <span>
            <b>{inForce.unknown.toLocaleString('en')}</b> unknown
          </span>
          <small>in force, no author known</small>
        </li>
      )}
      {waiting.map(({ state, count, word, text }) => (
        <li key={state}>
          <TextLink href={urls.contracts({ state })}>
            <b>{count.toLocaleString('en')}</b> {word}
          </TextLink>
          <small>{text}</small>
        </li>
      ))}
    </ul>
  )
}
