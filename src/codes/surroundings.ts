import type { Memory, Word } from "./words.ts";

/** What stands around a number in the plain text. `cue` is how strongly the words before it say that it is an error code. */
export type Surroundings = {
  cue: "none" | "weak" | "strong";
  /** A label such as `SectorSize:` that is not about errors stands before it. */
  label: boolean;
  /** Words such as "address" or "offset" stand before it. */
  address: boolean;
  /** A word such as "ticket" or "line" stands before it. */
  denied: boolean;
  /** It is glued to something that makes it part of a larger thing (a GUID, a version, a path, a colour). */
  glued: boolean;
  /** It is one of several arguments in brackets. */
  argument: boolean;
  /** The nearest of these words is one that other numbers follow too ("status 200", "result 5"). */
  vague: boolean;
  /** "code" stands directly before it. */
  device: boolean;
  /** Text directly before: "stop", "bugcheck" and the like, in one step. */
  stop: boolean;
};

const codeWords = new Set("code codes codigo codigos cod status estado".split(" "));
const vagueWords = new Set("status result reason estado resultado".split(" "));
const stopWords = new Set("stop bugcheck bsod livekernelevent".split(" "));

/** Looks at both sides of `text[start, end)`; constant work. `%%1355` is how event logs write a Win32 number. */
export function surroundings(
  text: string,
  start: number,
  end: number,
  memory: Memory,
): Surroundings {
  const { recent } = memory;
  const last = recent[recent.length - 1];
  const before = text[start - 1] ?? " ";
  const after = text[end] ?? " ";
  const message = text.slice(start - 2, start) === "%%";
  const cue = message ? "strong" : cueBefore(recent);
  return {
    cue,
    label:
      cue === "none" &&
      last !== undefined &&
      !last.roles.has("topic") &&
      !/^p\d{1,2}$/.test(last.text) &&
      /^["']?[:=]/.test(text.slice(last.end, last.end + 2)),
    address: hasRole(recent, "address", 3),
    denied: hasRole(recent, "deny", 4),
    glued: !message && isGlued(text, start, end, before, after),
    argument: before === "," || (after === "," && /[\w,]/.test(text[end + 1] ?? " ")),
    vague: last !== undefined && vagueWords.has(last.text),
    device: (last?.text === "code" || last?.text === "codigo") && start - (last?.end ?? 0) <= 2,
    stop: last !== undefined && stopWords.has(last.text) && start - last.end <= 3,
  };
}

/** Walks back over filling words to a word like "error"; any other word ends the search. */
function cueBefore(recent: readonly Word[]): Surroundings["cue"] {
  for (let i = recent.length - 1; i >= 0 && i >= recent.length - 6; i--) {
    const word = recent[i] as Word;
    if (word.code) return "weak";
    if (word.roles.has("deny")) return "none";
    if (word.roles.has("cues")) {
      const previous = recent[i - 1];
      if (codeWords.has(word.text) && previous?.roles.has("deny")) return "none";
      if (!word.roles.has("weak")) return "strong";
      return word.roles.has("fill") || i > 0 ? strongerBefore(recent, i) : "weak";
    }
    if (!word.roles.has("fill")) return "none";
  }
  return "none";
}

/** "exit code" and "error status" are strong although their last word is weak. */
function strongerBefore(recent: readonly Word[], at: number): Surroundings["cue"] {
  const previous = recent[at - 1];
  return previous?.roles.has("cues") && !previous.roles.has("weak") ? "strong" : "weak";
}

function hasRole(recent: readonly Word[], role: "address" | "deny", reach: number): boolean {
  for (let i = recent.length - 1; i >= 0 && i >= recent.length - reach; i--) {
    const word = recent[i] as Word;
    if (word.roles.has(role)) return true;
    if (word.roles.has("cues")) return false;
  }
  return false;
}

function isGlued(text: string, start: number, end: number, before: string, after: string): boolean {
  if (
    "@\\/~%&$".includes(before) &&
    !/(?:^|[\s(])\/$/.test(text.slice(Math.max(0, start - 2), start))
  ) {
    if (before !== "&" && !(before === "/" && /^0x/i.test(text.slice(start, start + 2))))
      return true;
  }
  if (before === "#")
    return !/(?:error|code|codigo|err|no)\s*#$/i.test(text.slice(Math.max(0, start - 8), start));
  if (".:-".includes(before) && /[0-9a-zA-Z]/.test(text[start - 2] ?? " ")) {
    if (before !== ":" || /\d/.test(text[start - 2] ?? "")) return true;
  }
  if (after === "%" || after === "\\" || after === "`" || after === "$") return true;
  return (
    ".:-/,@".includes(after) &&
    /[0-9a-zA-Z]/.test(text[end + 1] ?? " ") &&
    !(after === "," || isSentence(text, end))
  );
}

/** "0x80070005.Then", "0x80070005-Access": a word after the mark, not a number or a unit of something larger. */
function isSentence(text: string, end: number): boolean {
  const next = text.slice(end + 1, end + 4);
  return (
    /^[.:-]/.test(text[end] ?? "") &&
    /^[A-Za-z][a-z][a-z]/.test(next) &&
    !/^[0-9a-f]{3}/i.test(next)
  );
}
