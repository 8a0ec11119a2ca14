/** Text without control characters and without marks that reorder what a reader sees; line breaks and tabs stay. */
export function inert(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(UNSAFE, "");
}

/** Text that Slack shows as it stands: its three control characters as entities (docs.slack.dev, November 2026). */
export function escapeText(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** The longest start of a text whose escaped form has `max` UTF-16 units at most; what was cut ends in an ellipsis. */
export function clip(text: string, max: number): string {
  if (text.length * LONGEST_ENTITY <= max || escapeText(text).length <= max) return text;
  let used = 1;
  let end = 0;
  for (const point of text) {
    used += escapeText(point).length;
    if (used > max) break;
    end += point.length;
  }
  return max > 0 ? `${text.slice(0, end)}…` : "";
}

const LONGEST_ENTITY = "&amp;".length;

// C0 and C1 controls but tab and line feed; embeddings, overrides and isolates; lone surrogates.
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF]|\p{Surrogate}/gu;
