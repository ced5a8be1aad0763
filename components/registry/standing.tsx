import classes from './registry.module.css'

/** How an ownership stands, with a mark of its own for each word: "Owned", "Unconfirmed", "Orphaned", "Declined". */
export function Standing({ text }: { text: string }) {
  return (
    <span className={classes.standing} data-standing={text}>
      {text}
    </span>
  )
}
