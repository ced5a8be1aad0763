'use client'

import { Button, Drawer, Stack } from '@mantine/core'
import { useRouter } from 'next/navigation'
import type { FormEventHandler, ReactNode } from 'react'
import { FormFoot } from '@/components/form-foot'
import { Problem } from '../problem'
import classes from './form-drawer.module.css'

interface FormDrawerProps {
  opened: boolean
  /** Closes it; what was typed stays for the next opening. */
  onClose: () => void
  title: string
  onSubmit: FormEventHandler<HTMLFormElement>
  submitLabel: string
  pending: boolean
  problem: string | null
  /** Whether the record was changed by somebody else since: then it can be reloaded, with what was typed kept. */
  stale?: boolean
  children: ReactNode
}

/** A form beside the page it belongs to: fields that scroll, buttons that stay. */
export function FormDrawer(props: FormDrawerProps) {
  const router = useRouter()
  return (
    <Drawer
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      position="right"
      size={520}
      padding="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
      overlayProps={{ backgroundOpacity: 0.35 }}
      transitionProps={{ duration: 120 }}
      attributes={{ header: { role: 'presentation' } }}
      classNames={{ title: classes.title, header: classes.header, content: classes.content, body: classes.body }}
    >
      <form className={classes.form} onSubmit={props.onSubmit} noValidate>
        <Stack gap="md" className={classes.fields}>
          {props.children}
        </Stack>
        <div className={classes.foot}>
          <Problem text={props.problem} />
          <FormFoot
            onCancel={props.onClose}
            aside={
              props.stale && (
                <Button variant="default" mr="auto" onClick={() => router.refresh()}>
                  Reload, keeping what I typed
                </Button>
              )
            }
          >
            <Button type="submit" loading={props.pending}>
              {props.submitLabel}
            </Button>
          </FormFoot>
        </div>
      </form>
    </Drawer>
  )
}
