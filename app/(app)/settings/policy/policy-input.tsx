'use client'

import { NumberInput, Select, UnstyledButton } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { activationModes, type Policy } from '@/lib/settings/model'
import { modeTitles, type PolicyField, shown, unitOf, valueAt } from './fields'
import classes from './policy.module.css'

interface PolicyInputProps {
  field: PolicyField
  group: string
  form: UseFormReturnType<Policy>
  defaults: Policy
  readOnly: boolean
}

/** One value with its unit, what follows from it, and whether it is the default. */
export function PolicyInput({ field, group, form, defaults, readOnly }: PolicyInputProps) {
  const { path, title, meaning, unit } = field
  const standard = valueAt(defaults, path)
  const isDefault = valueAt(form.values, path) === standard
  // A tier stands in several groups: alone it would not say what it is the tier of.
  const name = meaning || group === 'Exceptions' ? title : `${title}: ${group}`
  const common = { 'aria-label': name, ...form.getInputProps(path) }
  return (
    <div className={classes.field}>
      <div className={classes.what}>
        <span>{title}</span>
        {meaning && <small>{meaning}</small>}
      </div>
      <div className={classes.value}>
        {unit === null ? (
          <Select
            {...common}
            disabled={readOnly}
            allowDeselect={false}
            data={activationModes.map((mode) => ({ value: mode, label: modeTitles[mode] }))}
          />
        ) : (
          <NumberInput
            {...common}
            disabled={readOnly}
            hideControls
            allowDecimal={false}
            thousandSeparator=","
            suffix={` ${unitOf(valueAt(form.values, path), unit)}`}
          />
        )}
      </div>
      <div className={classes.default}>
        {isDefault ? (
          'default'
        ) : (
          <>
            <b>changed</b>, default {shown(standard, field)}
            {!readOnly && (
              <UnstyledButton
                className={classes.reset}
                aria-label={`Put ${name} back to its default`}
                onClick={() => form.setFieldValue(path, standard)}
              >
                Reset
              </UnstyledButton>
            )}
          </>
        )}
      </div>
    </div>
  )
}
