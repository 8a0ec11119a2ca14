/**
 * Turns a YAML parser's complaint into what the author did and how to mend it. `source` is the line it points at; most
 * accidents are seen in the line better than in the parser's words.
 */
export function explainSyntax(reason: string, source: string): string {
  if (/depth|nest/i.test(reason)) return "the lists are nested more than 20 deep: flatten them";
  if (/^\s*\t/.test(source) || reason.includes("tab"))
    return "a tab stands where blanks must stand: indent with two blanks";
  const value = source.replace(/^\s*(?:- +)?(?:[\w.-]+:\s+)?/, "");
  if (reason.includes("duplicated mapping key"))
    return "this field stands twice in the same place: remove one";
  if (reason.includes("escape"))
    return "inside double quotes \\ has a meaning of its own: write \\\\, or use single quotes";
  if (/^[*&@%`!|>[\]{}]/.test(value)) {
    return `a text may not begin with ${value[0]} here: put the whole text in double quotes`;
  }
  if (/^["']/.test(value) && !/^(["']).*\1\s*(#.*)?$/.test(value))
    return "a quotation mark has no partner: a text in quotes must end with the same mark, and nothing may follow it";
  if (/^["']/.test(value))
    return "a quotation mark inside quotes: write '' inside single quotes, or \\\" inside double quotes";
  if (/:\s/.test(value) || value.endsWith(":"))
    return "a colon followed by a blank makes a new field: put the whole text in double quotes";
  if (/indent|mapping entry|end of the stream|document separator/.test(reason))
    return `this line is indented wrongly, or the one above it is not finished (${reason})`;
  return `this is not YAML (${reason})`;
}
