'use client'

import { NumberInput, Select, UnstyledButton } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { TimeZoneSelect } from '@/components/time-zone-select'
import { activationModes, type Policy } from '@/lib/settings/model'
import { hours, modeTitles, type PolicyField, shown, unitOf, valueAt } from './fields'
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
  const { path, title, meaning } = field
  const standard = valueAt(defaults, path)
  const isDefault = valueAt(form.values, path) === standard
  // A tier stands in several groups: alone it would not say what it is the tier of.
  const name = meaning || group === 'Exceptions' ? title : `${title}: ${group}`
  return (
    <div className={classes.field}>
      <div className={classes.what}>
        <span>{title}</span>
        {meaning && <small>{meaning}</small>}
      </div>
      <div className={classes.value}>
        <ValueInput field={field} form={form} label={name} readOnly={readOnly} />
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

interface ValueInputProps extends Pick<PolicyInputProps, 'field' | 'form' | 'readOnly'> {
  label: string
}

/** What a value is entered with, by what it is. */
function ValueInput({ field: { path, unit, kind }, form, label, readOnly }: ValueInputProps) {
  const common = { 'aria-label': label, disabled: readOnly, ...form.getInputProps(path) }
  if (kind === 'time_zone') return <TimeZoneSelect {...common} label={undefined} clearable={false} />
  if (kind === 'hour')
    return (
      <Select
        {...common}
        allowDeselect={false}
        data={hours}
        value={String(valueAt(form.values, path))}
        onChange={(hour) => form.setFieldValue(path, Number(hour))}
      />
    )
  if (unit === null)
    return (
      <Select
        {...common}
        allowDeselect={false}
        data={activationModes.map((mode) => ({ value: mode, label: modeTitles[mode] }))}
      />
    )
  return (
    <NumberInput
      {...common}
      hideControls
      allowDecimal={false}
      thousandSeparator=","
      suffix={` ${unitOf(valueAt(form.values, path), unit)}`}
    />
  )
}
