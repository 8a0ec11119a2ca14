import { readCodes } from "./codes/read.ts";
import type { Catalog, Extraction, FoundCode } from "./codes/reading.ts";
import type { FileRef } from "./message.ts";

/** What an attached file holds: its codes, most telling first, each with the line and the file it stands in. */
export type Attached = { name: string; codes: FoundCode[]; more: number; truncated: boolean };

/** Files larger than this are read up to here; bytes. */
export const LARGEST_FILE = 5 * 1024 * 1024;

const MOST_FILES = 3;
const MOST_CODES = 50;
const PIECE = 262_144;
const LONGEST_LINE = 65_536;
/** Offset of attached codes: they stand beside nothing in the message's own text. */
const ELSEWHERE = 1e9;

/** The attached files worth reading: plain text and logs by name or type, at most three. */
export function readableFiles(files: readonly FileRef[]): FileRef[] {
  return files
    .filter(({ name, mimetype }) => /\.(txt|log)$/i.test(name) || mimetype === "text/plain")
    .slice(0, MOST_FILES);
}

/**
 * Reads the codes of a text file piece by piece, in memory that does not grow with the file. Understands UTF-8 and UTF-16
 * with a byte order mark, as Windows writes it; never throws for what the bytes hold, only when `chunks` does.
 */
export async function readAttached(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  catalog: Catalog,
): Promise<Attached> {
  const seen = new Map<string, { code: FoundCode; times: number }>();
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let rest = "";
  let line = 0;
  let bytes = 0;
  let truncated = false;
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
        const place = { start, end: start + 1, line: line + code.line, file: name };
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
    while (rest.length > PIECE) {
      const cut = rest.lastIndexOf("\n", PIECE) + 1 || Math.min(PIECE, LONGEST_LINE);
      take(rest.slice(0, cut));
      rest = rest.slice(cut);
    }
    if (truncated) break;
  }
  take(rest + (decoder?.decode() ?? ""));
  const ranked = [...seen.values()].sort((a, b) => telling(b) - telling(a)).map(({ code }) => code);
  return {
    name,
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

/** Known before unknown, unmistakable before likely, failures before successes, frequent before single. */
function telling({ code, times }: { code: FoundCode; times: number }): number {
  const failure = code.value !== null && code.value >>> 30 !== 0;
  const kind = (code.readings.length > 0 ? 8 : 0) + (code.certain ? 4 : 0) + (failure ? 2 : 0);
  return kind + Math.min(times, 1_000) / 1_001;
}
