/** A passage of a text, as UTF-16 offsets, end excluded. */
export type Span = { start: number; end: number };

/**
 * One kind of personal data or secret. `kind` is the mask and the metric's label; passages of an `identity` kind are numbered,
 * so that "[user 1]" and "[user 2]" stay two people. `find` returns passages in order that do not overlap, in linear time.
 */
export type Rule = {
  kind: string;
  secret: boolean;
  identity?: true;
  find(text: string): Span[];
};

/** Rules none of which finds anything where `cue` finds nothing: most texts are looked through once, not once a rule. */
export type RuleGroup = { cue?: RegExp; rules: readonly Rule[] };

/** Characters beside a passage that may excuse it. */
const BESIDE = 24;

/**
 * Finds by a pattern that is global, bounded and fenced. The passage is the group `value` at the end of the match, else the
 * whole match; `excused` is asked about it and about the 24 characters before and after it.
 */
export function byPattern(
  pattern: RegExp,
  excused: (value: string, before: string, after: string) => boolean = () => false,
): Rule["find"] {
  return (text) => {
    // `matchAll` compiles a copy of the pattern for each text; `search` looks without one, and most texts hold no match.
    if (text.search(pattern) < 0) return [];
    return [...text.matchAll(pattern)].flatMap((match): Span[] => {
      const value = match.groups?.value ?? match[0];
      const end = match.index + match[0].length;
      const start = end - value.length;
      const before = text.slice(Math.max(0, start - BESIDE), start);
      const after = text.slice(end, end + BESIDE);
      return value === "" || excused(value, before, after) ? [] : [{ start, end }];
    });
  };
}

/** The texts that are needed to find any of `texts`: none that holds another of them. */
export function shortest(texts: readonly string[]): string[] {
  const all = [...new Set(texts)];
  return all.filter((text) => !all.some((other) => other !== text && text.includes(other)));
}

/** One of these texts, as a part of a pattern: longest first, blanks of any kind, in any case with the flag `i`. */
export function anyOf(texts: readonly string[]): string {
  const longest = texts.toSorted((a, b) => b.length - a.length);
  const parts = longest.map((text) => text.split(" ").map(RegExp.escape).join("[ \\t]{1,3}"));
  return parts.length > 0 ? `(?:${parts.join("|")})` : "(?!)";
}
