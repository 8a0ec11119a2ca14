import type { Reading } from "../codes/reading.ts";

/** The `codes:` of an entry's YAML; a number without a public name needs a label and a source. */
export function codeLines(readings: readonly Reading[]): string[] {
  return readings.length === 0 ? [] : ["codes:", ...readings.flatMap(codeLine)];
}

function codeLine({ code, family, symbol }: Reading): string[] {
  return [
    `  - value: ${quoted(code)}`,
    `    family: ${family}`,
    `    symbol: ${symbol ?? "none"}`,
    ...(symbol ? [] : [`    label: ${quoted(code)}`, "    source: own-experience"]),
  ];
}

/** A code that has its entry already belongs to that: the draft only names it. */
export function relatedLines(code: string): string[] {
  return ["related:", `  - code: ${quoted(code)}`, "    relation: often-with"];
}

/** A text on one line, without control characters. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, " ").trim();
}

/** A text cut to `most` characters. */
export function clip(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
}

/** A text as a YAML string in double quotes, whose escapes are those of JSON. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}
