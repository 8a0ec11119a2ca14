import type { RawEntry } from "../schema.ts";
import type { Fault } from "./fault.ts";

/**
 * Checks that every `sources` id stands below `references` and that every reference can be followed: a title, and
 * `own-experience` only in a company's entry, with name and date.
 */
export function lintSources(
  entry: Pick<RawEntry, "references">,
  room: "built-in" | "company",
): Fault[] {
  const known = new Set(entry.references.map((reference) => reference.id));
  const dead = citations(entry).filter(({ id }) => !known.has(id));
  return [
    ...dead.map(({ at, id }) => ({
      at,
      text: `there is no reference ${id}: add it below references`,
    })),
    ...entry.references.flatMap((reference, i): Fault[] => {
      const at = ["references", i];
      if (reference.id !== "own-experience")
        return reference.title ? [] : [{ at, text: "a reference needs a title" }];
      if (room === "built-in")
        return [
          { at, text: "own-experience is for a company's own entries: cite a public source" },
        ];
      return reference.by && reference.date
        ? []
        : [{ at, text: "own-experience needs `by` (a name) and `date` (2026-11-21)" }];
    }),
  ];
}

function citations(value: unknown, at: Fault["at"] = []): { at: Fault["at"]; id: string }[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = [...at, Array.isArray(value) ? Number(key) : key];
    if (key === "sources" && Array.isArray(inner))
      return inner.map((id, i) => ({ at: [...here, i], id: String(id) }));
    if (key === "source" && at[0] === "codes") return [{ at: here, id: String(inner) }];
    return citations(inner, here);
  });
}
