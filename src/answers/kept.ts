/**
 * Keeps parts of cards that are the same in every answer, each written once: by the entry or step that it is written from
 * (a reload of the knowledge makes new ones) and a key for all else that it depends on, the language at least. What is
 * kept is shared between cards: nobody may change it.
 */
export function keeper<T>(): (from: object, key: string, write: () => T) => T {
  const kept = new WeakMap<object, Map<string, T>>();
  return (from, key, write) => {
    const known = kept.get(from) ?? new Map<string, T>();
    kept.set(from, known);
    const part = known.get(key) ?? write();
    known.set(key, part);
    return part;
  };
}
