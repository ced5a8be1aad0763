import { ScrollFrame } from '@/components/scroll-frame'
import type { Standing } from '@/lib/contracts/shapes'
import { urls } from '@/lib/urls'
import { Digest } from '../digest'
import { PointLink, TeamLink, TextLink, ToolLink } from '../links'
import { PathModeMark } from '../registry/path-mode'
import { Quiet } from '../registry/quiet'
import { pointKindTitles } from '../registry/titles'
import { RelativeTime } from '../relative-time'
import { AttestButton } from './attest-button'
import classes from './contracts.module.css'
import { AttestedMark } from './marks'

interface StandingTableProps {
  /** Which end the rows are about: the points of one tool, or the tools of one point. */
  of: 'points' | 'tools'
  rows: readonly Standing[]
  none: string
}

/** What each point attests to for each tool, beside what is in force. */
export function StandingTable({ of, rows, none }: StandingTableProps) {
  if (rows.length === 0) return <p className={classes.none}>{none}</p>
  return (
    <ScrollFrame label={of === 'points' ? 'Attestations by point' : 'Attestations by tool'} className={classes.frame}>
      <table className={classes.table} aria-label={of === 'points' ? 'Attestations by point' : 'Attestations by tool'}>
        <thead>
          <tr>
            <th scope="col">{of === 'points' ? 'Point' : 'Tool'}</th>
            <th scope="col">On the paths</th>
            {of === 'points' ? <th scope="col">Run by</th> : <th scope="col">In force</th>}
            <th scope="col">Attests to</th>
            <th scope="col">Compared</th>
            <th scope="col">
              <span className="visually-hidden">Attest</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <StandingRow key={`${row.point.id}${row.tool.id}`} of={of} row={row} />
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  )
}

function StandingRow({ of, row }: { of: StandingTableProps['of']; row: Standing }) {
  const { point, tool, team, modes, inForce, attestation, status } = row
  return (
    <tr>
      <th scope="row" title={of === 'points' ? point.name : tool.name}>
        {of === 'points' ? <PointLink {...point} /> : <ToolLink {...tool} />}
        <small>{row.isApplication ? 'The application' : of === 'points' && pointKindTitles[point.kind]}</small>
      </th>
      <td>
        {modes.length === 0 ? <Quiet>On none</Quiet> : modes.map((mode) => <PathModeMark key={mode} mode={mode} />)}
      </td>
      <td>
        {of === 'points' ? (
          team ? (
            <TeamLink {...team} />
          ) : (
            <Quiet>Nobody named</Quiet>
          )
        ) : (
          <InForce tool={tool} inForce={inForce} />
        )}
      </td>
      <td>
        {attestation ? (
          <span className={classes.said}>
            <span>
              Version {attestation.version} <Digest digest={attestation.digest} />
            </span>
            <small title={attestation.note ?? undefined}>
              {attestation.by}, <RelativeTime at={attestation.at} />
            </small>
          </span>
        ) : (
          <Quiet>Nothing</Quiet>
        )}
      </td>
      <td>{inForce || attestation ? <AttestedMark status={status} /> : <Quiet>No contract in force</Quiet>}</td>
      <td>
        <AttestButton point={point} tools={[{ ...tool, inForce }]} can={attestable(row)} compact />
      </td>
    </tr>
  )
}

/** `true`, or why there is nothing that the viewer could attest to here. */
function attestable({ mayAttest, inForce, attestation }: Standing): true | string {
  if (mayAttest !== true || inForce || attestation) return mayAttest
  return 'No contract of this tool is in force; there is nothing to attest to.'
}

function InForce({ tool, inForce }: Pick<Standing, 'tool' | 'inForce'>) {
  if (!inForce) return <Quiet>None</Quiet>
  return (
    <span className={classes.said}>
      <TextLink href={urls.contract(tool.slug, inForce.version)}>Version {inForce.version}</TextLink>
      <Digest digest={inForce.digest} />
    </span>
  )
}
