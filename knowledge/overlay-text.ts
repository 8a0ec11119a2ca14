import { dump } from "js-yaml";
import type { Overlay } from "../src/knowledge/overlay.ts";
import { compareProse } from "../src/knowledge/prose-tree.ts";

/** A translation file with the English texts in place, ready to be translated. */
export function overlayText(english: Overlay, hash: string): string {
  const body = dump(english, { lineWidth: 100, quoteStyle: "double", forceQuotes: true });
  return `# yaml-language-server: $schema=../../translation.schema.json\nof: "${hash}"\n${body}`;
}

/**
 * The text of an existing translation with the new hash; everything else stays as it was written. What is missing or too
 * much is told in `notes`, with the English text, because only a person can place it well.
 */
export function refreshedText(
  old: string,
  overlay: Overlay,
  english: Overlay,
  hash: string,
): { text: string; notes: string[] } {
  const notes = compareProse(english, overlay).map(({ at, kind }) =>
    kind === "missing"
      ? `  missing ${at.join(".")}: ${JSON.stringify(valueAt(english, at))}`
      : `  too much ${at.join(".")}: remove it`,
  );
  const line = `of: "${hash}"`;
  const text = /^of:.*$/m.test(old) ? old.replace(/^of:.*$/m, line) : `${line}\n${old}`;
  return {
    text: notes.length > 0 ? old : text,
    notes:
      notes.length > 0
        ? [...notes, "  the hash was left as it is: add and remove these, then run this again"]
        : notes,
  };
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  let at = value;
  for (const part of path)
    at = typeof at === "object" && at !== null ? Reflect.get(at, part) : undefined;
  return at;
}
