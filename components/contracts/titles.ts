import type { AttestedStatus } from '@/lib/contracts/attested'
import type { ContractState } from '@/lib/contracts/model'
import type { ContractModel } from '@/lib/contracts/states'

export const contractStateTitles: Record<ContractState, string> = {
  draft: 'Draft',
  signed_off: 'Signed off',
  in_force: 'In force',
  superseded: 'Superseded',
}

export const contractModelTitles: Record<ContractModel, string> = {
  central: 'Central',
  application: 'Application',
}

export const contractModelMeanings: Record<ContractModel, string> = {
  central: 'Authored by a security or platform team for the application',
  application: 'Authored by the application’s or a business team, with security sign-off',
}

export const attestedTitles: Record<AttestedStatus, string> = {
  match: 'Matches',
  mismatch: 'Another digest',
  stale: 'Stale',
  none: 'Never attested',
}

export const attestedMeanings: Record<AttestedStatus, string> = {
  match: 'Its latest attestation names the contract in force',
  mismatch: 'Its latest attestation names another contract than the one in force',
  stale: 'Its latest attestation names the contract in force and is too old to count',
  none: 'It has never said which contract it enforces',
}
