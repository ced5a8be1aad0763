/** Parts of file names that say what the file is, not which server it is of. */
const suffixes = [
  /\.(?:json|ndjson|jsonl)$/i,
  /(?:^|[._-])(?:json-?rpc|tools?[._-]?list|list[._-]?tools|tools|pages?)(?:[._-].*)?$/i,
]

/** The server a file is of, by its name: `filesystem.tools-list.json` is of `filesystem`. Nothing for a name such as `tools.json`. */
export function serverOfFileName(name: string): string | undefined {
  const base = name.split(/[\\/]/).at(-1) ?? ''
  const stem = suffixes.reduce((rest, suffix) => rest.replace(suffix, ''), base)
  return stem.trim() === '' ? undefined : stem
}
