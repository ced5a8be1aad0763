import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { registerSchema, type Validator, validate } from '@hyperjump/json-schema/draft-07'
import type { OscalModel } from './document'

const schemaFiles = { 'assessment-results': 'assessment-results', 'plan-of-action-and-milestones': 'poam' } as const
const validators = new Map<OscalModel, Promise<Validator>>()

async function validatorOf(model: OscalModel): Promise<Validator> {
  const file = path.join(import.meta.dirname, 'fixtures', `oscal_${schemaFiles[model]}_schema.json`)
  const schema = JSON.parse(await readFile(file, 'utf8'))
  registerSchema(schema)
  return await validate(schema.$id)
}

/** What the schema of OSCAL 1.2.1 has against a document, once it was read back from its text. */
export async function oscalFaults(model: OscalModel, text: string): Promise<unknown[]> {
  const validator = validators.get(model) ?? validatorOf(model)
  validators.set(model, validator)
  const verdict = (await validator)(JSON.parse(text), 'BASIC')
  return verdict.valid ? [] : (verdict.errors ?? ['not valid'])
}

/** The parts of a text, joined. */
export async function joined(parts: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const part of parts) text += part
  return text
}
