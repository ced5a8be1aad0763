'use client'

import { Loader } from '@mantine/core'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Problem } from '../problem'
import { Details } from './details'
import { Finder } from './finder'
import classes from './graph.module.css'
import { useGraph } from './use-graph'
import { useLayout } from './use-layout'

const Waiting = () => (
  <div className={classes.waiting} role="status">
    <Loader />
    Drawing the picture
  </div>
)

// The library of the picture is only for browsers, and only for those who look at one.
const Canvas = dynamic(() => import('./canvas').then((module) => module.Canvas), { ssr: false, loading: Waiting })

const heights = { page: '600px', panel: '380px' } as const

interface DelegationPictureProps {
  /** Slug of the agent whose neighbourhood is shown; all agents without it. */
  agent?: string | undefined
  steps?: number | undefined
  /** Changes with every reading of the page, so that the picture follows what was changed on it. */
  stamp: string
  mayRemove: true | string
  size?: keyof typeof heights
}

/** Agents and the delegations between them as a picture, with the details of what is chosen beside it. */
export function DelegationPicture({ agent, steps, stamp, mayRemove, size = 'page' }: DelegationPictureProps) {
  const [selected, setSelected] = useState<string | null>(null)
  const { graph, problem } = useGraph({ agent, steps, stamp })
  const laid = useLayout(graph)
  const shown = laid?.graph
  return (
    <>
      {size === 'page' && <Finder graph={shown ?? null} onSelect={setSelected} />}
      <div
        className={classes.picture}
        data-framed={size === 'page'}
        style={{ '--graph-height': heights[size] } as React.CSSProperties}
      >
        <div className={classes.stage}>
          {problem ? (
            <div className={classes.waiting}>
              <Problem text={problem} />
            </div>
          ) : laid ? (
            <Canvas key={agent ?? ''} laid={laid} selected={selected} onSelect={setSelected} centre={agent} />
          ) : (
            <Waiting />
          )}
        </div>
        {shown && <Details graph={shown} selected={selected} onSelect={setSelected} mayRemove={mayRemove} />}
      </div>
    </>
  )
}
