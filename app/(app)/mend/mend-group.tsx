import { Button, Checkbox } from '@mantine/core'
import { SeverityBadge } from '@/components/badges'
import { LayerIcon } from '@/components/layer-icon'
import { TextLink } from '@/components/links'
import type { Mendable } from '@/lib/ownership/suggest/model'
import { urls } from '@/lib/urls'
import { bindingsOf, type Choice, type Group, plural } from './groups'
import classes from './mend.module.css'
import type { useMending } from './use-mending'

interface MendGroupProps {
  group: Group
  mending: ReturnType<typeof useMending>
  /** Asks for another owner of these. */
  onChange: (rows: Mendable[]) => void
}

/** Layers that belong together, with one tick and one choice of the owner for all of them, and one for each. */
export function MendGroup({ group, mending, onChange }: MendGroupProps) {
  const { rows, title, layer } = group
  const nameable = rows.filter((row) => mending.choiceOf(row) !== null)
  const on = nameable.filter(({ id }) => mending.ticked.has(id)).length
  return (
    <section className={classes.group} aria-label={title}>
      <div className={classes.head}>
        <Checkbox
          size="xs"
          aria-label={`All of ${title}`}
          disabled={nameable.length === 0}
          checked={on > 0 && on === nameable.length}
          indeterminate={on > 0 && on < nameable.length}
          onChange={(event) => mending.tick(nameable, event.currentTarget.checked)}
        />
        <h2 title={title}>
          {layer && <LayerIcon layer={layer} />}
          <span>{title}</span>
        </h2>
        <span className={classes.counts}>
          {plural(rows.length, 'layer', 'layers')}, {plural(bindingsOf(rows), 'binding', 'bindings')}
        </span>
        <Button
          variant="default"
          size="compact-xs"
          onClick={() => onChange(rows)}
          aria-label={`Change the owner of ${title}`}
        >
          Change all
        </Button>
      </div>
      <ul className={classes.rows}>
        {rows.map((row) => (
          <MendRow
            key={row.id}
            row={row}
            choice={mending.choiceOf(row)}
            ticked={mending.ticked.has(row.id)}
            onTick={(checked) => mending.tick([row], checked)}
            onChange={() => onChange([row])}
          />
        ))}
      </ul>
    </section>
  )
}

interface MendRowProps {
  row: Mendable
  choice: Choice | null
  ticked: boolean
  onTick: (checked: boolean) => void
  onChange: () => void
}

function MendRow({ row, choice, ticked, onTick, onChange }: MendRowProps) {
  const { id, at, severity, affected, owner } = row
  const what = `${at.layer} of ${at.name}`
  return (
    <li>
      <Checkbox
        size="xs"
        aria-label={`Mend ${what}`}
        checked={ticked && choice !== null}
        disabled={choice === null}
        title={choice === null ? 'Choose an owner first' : undefined}
        onChange={(event) => onTick(event.currentTarget.checked)}
      />
      <div className={classes.what}>
        <span className={classes.name}>
          <LayerIcon layer={at.layer} />
          <TextLink href={urls.gap(id)} listItem>
            {at.name}
          </TextLink>
        </span>
        <small>
          {owner === null ? 'Nobody owns it' : `${owner} cannot answer any more`},{' '}
          {plural(affected, 'binding', 'bindings')}
        </small>
      </div>
      <SeverityBadge severity={severity} />
      <div className={classes.owner}>
        {choice === null ? (
          <span className={classes.nobody}>Nobody likely</span>
        ) : (
          <span>
            <b>{choice.team.name}</b>
            {choice.person && `, ${choice.person.name}`}
          </span>
        )}
        <small>{choice === null ? 'Nothing speaks for anybody' : (choice.reason ?? 'Chosen by you')}</small>
      </div>
      <Button variant="subtle" size="compact-xs" onClick={onChange} aria-label={`Change the owner of ${what}`}>
        Change
      </Button>
    </li>
  )
}
