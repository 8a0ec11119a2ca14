import type { Inline } from "../card.ts";

/**
 * Parses the two marks of knowledge prose, `**label**` and `` `code` ``, into inlines. Line breaks become blanks. A mark
 * that is not closed stays as it is written; `proseFault` finds it.
 */
export function parseProse(text: string): Inline[] {
  const trimmed = text.trim();
  const source = trimmed.includes("\n")
    ? trimmed
        .split("\n")
        .map((line) => line.trim())
        .join(" ")
    : trimmed;
  if (source !== "" && !source.includes("`") && !source.includes("**")) return [source];
  const inlines: Inline[] = [];
  let plainFrom = 0;
  let at = 0;
  while (at < source.length) {
    const mark = markAt(source, at);
    const end = mark ? source.indexOf(mark, at + mark.length) : -1;
    if (!mark || end < 0) {
      at += mark?.length ?? 1;
      continue;
    }
    if (at > plainFrom) inlines.push(source.slice(plainFrom, at));
    const inner = source.slice(at + mark.length, end);
    inlines.push(mark === "`" ? { code: inner } : { bold: inner });
    at = end + mark.length;
    plainFrom = at;
  }
  if (plainFrom < source.length) inlines.push(source.slice(plainFrom));
  return inlines;
}

/** Says what is wrong with the marks of a prose, or undefined. */
export function proseFault(text: string): string | undefined {
  for (const part of parseProse(text)) {
    if (typeof part === "string") {
      if (part.includes("`"))
        return "a ` has no partner: write `code` with one before and one after";
      if (part.includes("**")) return "** has no partner: write **label** with ** before and after";
      if (/\]\(/.test(part))
        return "links are not allowed in prose: put the address into references";
      continue;
    }
    const inner = "code" in part ? part.code : "bold" in part ? part.bold : part.link;
    if (inner.trim() === "") return "a mark with nothing in it: write `code` or **label**";
  }
  return undefined;
}

/** The prose without its marks and without the contents of `code`, for checks of its language. */
export function proseWords(text: string): string {
  return parseProse(text)
    .map((part) => (typeof part === "string" ? part : " "))
    .join("");
}

/** The contents of the `code` marks of a prose. */
export function proseCode(text: string): string[] {
  return parseProse(text).flatMap((part) =>
    typeof part === "object" && "code" in part ? [part.code] : [],
  );
}

function markAt(source: string, at: number): "`" | "**" | undefined {
  if (source[at] === "`") return "`";
  return source.startsWith("**", at) ? "**" : undefined;
}
