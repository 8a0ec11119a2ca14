import type { Fault } from "./fault.ts";

/** A text of an entry or overlay with its place; `field` is the nearest field name. */
export type Placed = { at: (string | number)[]; field: string; text: string };

/** Every text of a tree, in order. */
export function textsIn(value: unknown, at: Fault["at"] = [], field = ""): Placed[] {
  if (typeof value === "string") return [{ at, field, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, i) => textsIn(item, [...at, i], field));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, [...at, key], key));
}
