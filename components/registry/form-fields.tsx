import { Textarea, type TextareaProps, TextInput, type TextInputProps } from '@mantine/core'

/** What scripts will call a new record. */
export function SlugField(props: TextInputProps) {
  return (
    <TextInput
      label="Slug"
      description="What scripts and addresses call it; made from the name when left empty, and never changed"
      {...props}
    />
  )
}

/** Why a record is made or changed. */
export function ReasonField(props: TextareaProps) {
  return (
    <Textarea
      label="Reason"
      description="Kept in the audit log with the change"
      autosize
      minRows={1}
      maxRows={6}
      {...props}
    />
  )
}
