import { TEAMS_LIMITS } from "./limits.ts";

/**
 * Text that Teams shows as it stands: no control characters, no marks that reorder what a reader sees, and no
 * `{{DATE(…)}}` or `<at>` that a client would expand.
 */
export function inert(text: string): string {
  return plainText(text)
    .replace(/\{\{(?=\s*(?:DATE|TIME))/gi, "{\u200B{")
    .replace(/<(?=\/?at[>\s])/gi, "<\u200B");
}

/** Text without control characters and reordering marks; line breaks and tabs stay. Fit for commands. */
export function plainText(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(UNSAFE, "");
}

/** One line for the few elements that read Markdown: nothing in it becomes a style, a link, a list or a heading. */
export function escapeMarkdown(line: string): string {
  return inert(line)
    .replace(/[\\`*_[\]~|<]/g, "\\$&")
    .replace(/^[#>+-]|(?<=^\d{1,9})[.)]/, "\\$&");
}

/** The longest start of a text that has `max` UTF-16 units at most; what was cut ends in an ellipsis. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = max - 1;
  if (/[\uD800-\uDBFF]/.test(text.charAt(end - 1))) end -= 1;
  return `${text.slice(0, end)}…`;
}

/** A text as the label of a button: one line, never empty. */
export function labelOf(text: string): string {
  return clip(inert(text).replace(/\s+/g, " ").trim(), TEAMS_LIMITS.label) || "…";
}

// C0 and C1 controls but tab and line feed; embeddings, overrides and isolates; lone surrogates.
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF]|\p{Surrogate}/gu;
