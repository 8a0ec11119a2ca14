/** Removes from a map what is `old`; returns how many went. */
export function drop<Value>(rows: Map<string, Value>, old: (row: Value) => boolean): number {
  let dropped = 0;
  for (const [key, row] of rows) {
    if (old(row) && rows.delete(key)) dropped += 1;
  }
  return dropped;
}
