import { ContractStateMark } from '@/components/contracts/marks'
import { Digest } from '@/components/digest'
import { TextLink } from '@/components/links'
import { Panel } from '@/components/panel'
import type { ContractDetail } from '@/lib/contracts/shapes'
import { urls } from '@/lib/urls'
import classes from './contract.module.css'

interface VersionsProps extends Pick<ContractDetail, 'version' | 'versions'> {
  tool: string
  /** The version that this one is compared with now. */
  against: number | null
}

/** Every version of the tool's contract, each to open or to compare with the one that is open. */
export function Versions({ tool, version, versions, against }: VersionsProps) {
  return (
    <Panel title={`Versions (${versions.length})`} flush>
      <ul className={classes.versions}>
        {versions.map((each) => (
          <li key={each.version} aria-current={each.version === version || undefined}>
            <span className={classes.number}>
              {each.version === version ? (
                <b>Version {each.version}</b>
              ) : (
                <TextLink href={urls.contract(tool, each.version)}>Version {each.version}</TextLink>
              )}
            </span>
            <ContractStateMark state={each.state} discarded={each.discarded} />
            <Digest digest={each.digest} />
            <span className={classes.compare}>
              {each.version === against ? (
                <TextLink href={urls.contract(tool, version)}>Stop comparing</TextLink>
              ) : (
                each.version !== version && (
                  <TextLink href={urls.contract(tool, version, { against: each.version })}>
                    Compare<span className="visually-hidden"> with version {each.version}</span>
                  </TextLink>
                )
              )}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
