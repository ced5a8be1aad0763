'use client'

import { Button, type ButtonProps, Tooltip } from '@mantine/core'
import { type MouseEventHandler, type ReactNode, useId } from 'react'

interface ReasonedButtonProps extends ButtonProps {
  /** `true` when it may be pressed, else why not: the answer of a `can` predicate. */
  can: true | string
  onClick?: MouseEventHandler<HTMLButtonElement>
  type?: 'button' | 'submit'
  children: ReactNode
}

/** A button that, when it cannot be pressed, stays in reach of the keyboard and says why. */
export function DisabledReason({ can, onClick, type = 'button', children, ...props }: ReasonedButtonProps) {
  const reasonId = useId()
  if (can === true) {
    return (
      <Button type={type} {...(onClick && { onClick })} {...props}>
        {children}
      </Button>
    )
  }
  return (
    <>
      <Tooltip label={can} events={{ hover: true, focus: true, touch: true }} multiline maw={280}>
        <Button
          type="button"
          {...props}
          data-disabled
          aria-disabled
          aria-describedby={reasonId}
          onClick={(event) => event.preventDefault()}
        >
          {children}
        </Button>
      </Tooltip>
      <span id={reasonId} className="visually-hidden">
        {can}
      </span>
    </>
  )
}
