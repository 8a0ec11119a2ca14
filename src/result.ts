import { fold } from "./fold.ts";
import { isDenied } from "./follow-up.ts";
import type { Step, StepResult } from "./knowledge/entry.ts";
import type { Knowledge } from "./knowledge/knowledge.ts";

const LONGEST = 16_000;
const LONGEST_LINE = 1_000;
/** Words beside a plain-word text, such as "on the vpn", that still leave it the point of the message. */
const BESIDE = 3;
/** Characters of a command line, without blanks, by which its echo is known, and how few tell nothing. */
const ECHO = 24;
const LEAST_ECHO = 10;
const PLACEHOLDER = /(?<![\w%$\\-])[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+(?![\w-])/;

/**
 * The result of a step that a text shows: one of the result's `seen` texts, whole and not inside a longer word or number,
 * or its title. A `seen` text of plain words must be what a short message is about, and not be denied. `quote` is the line
 * it stands in; the longest text wins.
 */
export function readResult(
  text: string,
  results: readonly StepResult[],
  knowledge: Knowledge,
): { result: StepResult; quote: string } | undefined {
  const source = text.slice(0, LONGEST);
  const titled = results.find(({ title }) => fold(title) === fold(source));
  if (titled) return { result: titled, quote: source.slice(0, LONGEST_LINE) };
  const lower = source.toLowerCase();
  const hits = results.flatMap((result) =>
    result.seen
      .map((seen) => ({ result, seen, at: indexOf(lower, seen.toLowerCase()) }))
      .filter(({ seen, at }) => at >= 0 && (!isPlain(seen) || isThePoint(source, seen, knowledge))),
  );
  const best = hits.sort((a, b) => b.seen.length - a.seen.length)[0];
  return best && { result: best.result, quote: lineAround(source, best.at) };
}

/**
 * A paste without the lines that repeat a step's own command: prompts and error messages echo it, and it names what it looks
 * for. A line is compared up to the first placeholder, which the asker has filled in.
 */
export function withoutEcho(text: string, step: Pick<Step, "run">): string {
  const starts = step.run
    .flatMap(({ command }) => command.split("\n"))
    .map((line) => squeeze(line.split(PLACEHOLDER)[0] ?? "").slice(0, ECHO))
    .filter((start) => start.length >= LEAST_ECHO);
  if (starts.length === 0) return text;
  const isEcho = (line: string) => {
    const squeezed = squeeze(line);
    return starts.some((start) => squeezed.includes(start));
  };
  return text
    .split("\n")
    .filter((line) => !isEcho(line))
    .join("\n");
}

function squeeze(line: string): string {
  return line.replace(/\s+/gu, "").toLowerCase();
}

/** Where `seen` stands by itself: no letter or digit touches it, and no hyphen joins a number to others. */
function indexOf(text: string, seen: string): number {
  const isNumber = /^\d+$/.test(seen);
  const touches = (char: string | undefined) =>
    char !== undefined && (/[\p{L}\p{N}_]/u.test(char) || (isNumber && char === "-"));
  for (let at = text.indexOf(seen); at >= 0; at = text.indexOf(seen, at + 1)) {
    const before = /^[\p{L}\p{N}]/u.test(seen) && touches(text[at - 1]);
    const after = /[\p{L}\p{N}]$/u.test(seen) && touches(text[at + seen.length]);
    if (!before && !after) return at;
  }
  return -1;
}

function isPlain(seen: string): boolean {
  return /^[\p{L}\s'’]+$/u.test(seen);
}

function isThePoint(text: string, seen: string, knowledge: Knowledge): boolean {
  if (text.includes("\n")) return true;
  const others = fold(text).replace(fold(seen), " ");
  const words = others.split(" ").filter((word) => word !== "");
  const asks = text.trimEnd().endsWith("?");
  return words.length <= BESIDE && !asks && !isDenied(others, knowledge);
}

function lineAround(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  return text
    .slice(start, end < 0 ? undefined : end)
    .trim()
    .slice(0, LONGEST_LINE);
}
