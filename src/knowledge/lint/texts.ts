/** A text of an entry or overlay with its place; `field` is the nearest field name. */
export type Placed = { at: (string | number)[]; field: string; text: string };

/** Every text of a tree, in order. */
export function textsIn(tree: unknown): Placed[] {
  const found: Placed[] = [];
  const visit = (value: unknown, at: (string | number)[], field: string) => {
    if (typeof value === "string") found.push({ at, field, text: value });
    else if (Array.isArray(value))
      value.forEach((item, i) => {
        visit(item, [...at, i], field);
      });
    else if (typeof value === "object" && value !== null)
      for (const [key, inner] of Object.entries(value)) visit(inner, [...at, key], key);
  };
  visit(tree, [], "");
  return found;
}
