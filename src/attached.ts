import { readCodes } from "./codes/read.ts";
import type { Catalog, Extraction, FoundCode } from "./codes/reading.ts";
import type { FileRef } from "./message.ts";

/** What an attached file holds: its codes, most telling first, each with the line and the file it stands in. */
export type Attached = { name: string; codes: FoundCode[]; more: number; truncated: boolean };

/** Files larger than this are read up to here; bytes. */
export const LARGEST_FILE = 5 * 1024 * 1024;

/** Files of one message that are read. */
export const MOST_FILES = 3;

const MOST_CODES = 50;
const LONGEST_NAME = 60;
const PIECE = 262_144;
const LONGEST_LINE = 65_536;
/** Characters from the start of a file that show whether it holds text. */
const HEAD = 4_096;
/** Offset of attached codes: they stand beside nothing in the message's own text. */
const ELSEWHERE = 1e9;

/** The attached files worth reading: plain text and logs by name or type. */
export function textFiles(files: readonly FileRef[]): FileRef[] {
  return files.filter(
    ({ name, mimetype }) => /\.(txt|log)$/i.test(name) || mimetype === "text/plain",
  );
}

/** A file's name as an answer may show it: no folders, no control or reordering marks, 60 characters at most. */
export function plainName(name: string): string {
  const last = name.slice(-1_000).replace(UNSEEN, "").split(/[\\/]/).at(-1) ?? "";
  const plain = last.trim();
  const points = [...plain];
  if (points.length <= LONGEST_NAME) return plain || "*.txt";
  return `${points.slice(0, 40).join("")}…${points.slice(-19).join("")}`;
}

/**
 * Reads the codes of a text file piece by piece, in memory that does not grow with the file. Understands UTF-8 and UTF-16
 * with a byte order mark, as Windows writes it; says "not-text" of another format. Never throws for what the bytes hold,
 * only when `chunks` does.
 */
export async function readAttached(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  catalog: Catalog,
): Promise<Attached | "not-text"> {
  const file = plainName(name);
  const seen = new Map<string, { code: FoundCode; times: number }>();
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let rest = "";
  let line = 0;
  let bytes = 0;
  let truncated = false;
  let judged = false;
  /** Distinct codes of the fullest piece beyond those that one reading keeps. */
  let crowded = 0;

  function take(text: string): void {
    const { codes, more } = readCodes(text, catalog);
    crowded = Math.max(crowded, more);
    for (const code of codes) {
      const key = code.readings[0]?.identity ?? code.text.toUpperCase();
      const known = seen.get(key);
      const times = text.split(code.text).length - 1;
      if (known) known.times += times;
      else if (seen.size < 10_000) {
        const start = ELSEWHERE + seen.size * 1_000;
        const place = { start, end: start + 1, line: line + code.line, file };
        seen.set(key, { code: { ...code, ...place }, times });
      }
    }
    line += text.split("\n").length - 1;
  }

  for await (const chunk of chunks) {
    const room = LARGEST_FILE - bytes;
    truncated = chunk.length > room;
    const part = truncated ? chunk.subarray(0, room) : chunk;
    bytes += part.length;
    decoder ??= new TextDecoder(encodingOf(part));
    rest += decoder.decode(part, { stream: true });
    if (!judged && rest.length >= HEAD) {
      if (!isText(rest)) return "not-text";
      judged = true;
    }
    while (rest.length > PIECE) {
      const cut = rest.lastIndexOf("\n", PIECE) + 1 || Math.min(PIECE, LONGEST_LINE);
      take(rest.slice(0, cut));
      rest = rest.slice(cut);
    }
    if (truncated) break;
  }
  rest += decoder?.decode() ?? "";
  if (!judged && !isText(rest)) return "not-text";
  take(rest);
  const ranked = [...seen.values()].sort((a, b) => telling(b) - telling(a)).map(({ code }) => code);
  return {
    name: file,
    codes: ranked.slice(0, MOST_CODES),
    more: Math.max(0, ranked.length - MOST_CODES) + crowded,
    truncated,
  };
}

/** A message's own codes, followed by those of its files. */
export function withAttached(own: Extraction, attached: readonly Attached[]): Extraction {
  const others = attached.flatMap(({ codes }) => codes);
  const known = others.filter((code) => code.readings.length > 0);
  const codes = [...own.codes, ...(known.length > 0 ? known : others)];
  const more = attached.reduce((sum, file) => sum + file.more, own.more);
  return {
    codes: codes.slice(0, MOST_CODES),
    more: more + Math.max(0, codes.length - MOST_CODES),
  };
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
}

/** Text has next to no control characters; a zip, an event log, a picture or UTF-16 without its mark has many. */
function isText(text: string): boolean {
  const head = text.slice(0, HEAD);
  return (head.match(CONTROLS)?.length ?? 0) <= head.length / 50;
}

/** Known before unknown, unmistakable before likely, failures before successes, frequent before single. */
function telling({ code, times }: { code: FoundCode; times: number }): number {
  const failure = code.value !== null && code.value >>> 30 !== 0;
  const kind = (code.readings.length > 0 ? 8 : 0) + (code.certain ? 4 : 0) + (failure ? 2 : 0);
  return kind + Math.min(times, 1_000) / 1_001;
}

// C0 and C1 controls; embeddings, overrides and isolates; zero-width marks; lone surrogates.
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
  /[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]|\p{Surrogate}/gu;

// C0 controls but tab, line ends, form feed, end of file and escape.
// biome-ignore lint/suspicious/noControlCharactersInRegex: their share tells text from other formats
const CONTROLS = /[\u0000-\u0008\u000E-\u0019\u001C-\u001F]/g;
