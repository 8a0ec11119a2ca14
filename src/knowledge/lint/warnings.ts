import { foldWord, type Words } from "../words.ts";
import type { Fault } from "./fault.ts";

/** Faults of the corrections of dangerous advice (`danger: yes`): each begins with what not to do. */
export function lintWarnings(
  corrections: readonly { at: Fault["at"]; text: string }[],
  words: Words,
): Fault[] {
  return corrections.flatMap(({ at, text }) => {
    const fault = forbidsFirst(text, words);
    return fault ? [{ at, text: fault }] : [];
  });
}

/** Says that a warning does not begin with what not to do, or undefined. */
export function forbidsFirst(text: string, words: Words): string | undefined {
  const plain = `${foldWord(text.trim())} `;
  if (words.forbids.length === 0) return undefined;
  if (words.forbids.some((start) => plain.startsWith(`${start} `))) return undefined;
  return `a warning begins with what not to do: "${words.forbids.join('" or "')}"`;
}
