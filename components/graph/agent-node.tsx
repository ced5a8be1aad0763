'use client'

import { IconBan, IconPlayerPauseFilled, IconUnlink } from '@tabler/icons-react'
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import { memo } from 'react'
import type { GraphAgent } from '@/lib/delegations/model'
import classes from './graph.module.css'
import { StatusIcon } from './status-icon'
import { worstTitle } from './words'

export type AgentNodeType = Node<{ agent: GraphAgent; isCentre: boolean }, 'agent'>

const halts = { suspended: IconPlayerPauseFilled, retired: IconBan } as const

/** An agent in the picture: its name, the worst of its layers, and what halts it. */
export const AgentNode = memo(function AgentNode({ data: { agent, isCentre }, selected }: NodeProps<AgentNodeType>) {
  const halt = agent.lifecycle === 'suspended' || agent.lifecycle === 'retired' ? agent.lifecycle : null
  const Halt = halt && halts[halt]
  return (
    <div
      className={classes.card}
      data-status={agent.worst ?? 'none'}
      data-halted={halt ?? undefined}
      data-selected={selected || undefined}
      data-centre={isCentre || undefined}
      title={agent.name}
    >
      <Handle type="target" position={Position.Left} isConnectable={false} className={classes.handle} />
      <span className={classes.cardName}>{agent.name}</span>
      <span className={classes.cardState}>
        <StatusIcon status={agent.worst} size={13} />
        <span className={classes.cardWords}>{worstTitle(agent.worst)}</span>
        {halt && Halt && (
          <b className={classes.halt}>
            <Halt size={12} aria-hidden /> {halt}
          </b>
        )}
        {agent.hole && (
          <b className={classes.halt}>
            <IconUnlink size={12} aria-hidden /> hole
          </b>
        )}
      </span>
      <Handle type="source" position={Position.Right} isConnectable={false} className={classes.handle} />
    </div>
  )
})
