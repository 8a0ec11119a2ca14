import type { Catalog, Family } from "../codes/reading.ts";
import { codeKey, componentOf } from "./code-key.ts";
import type { Meaning } from "./entry.ts";
import type { Problem } from "./error.ts";
import { namesOf } from "./names.ts";

const HEADER = "value\tfamily\tsymbol\tmeaning\tphrases\tsource";
const FAMILIES: readonly string[] = [
  "hresult",
  "win32",
  "ntstatus",
  "bugcheck",
  "wininet",
  "msi",
  "ras",
  "other",
] satisfies Family[];
const MAX_MEANING = 160;
const MAX_PHRASE_WORDS = 20;

/** One language's meanings by code key. */
export type Meanings = Map<string, Meaning>;

/**
 * Reads one TSV of meanings (value, family, symbol, meaning of 160 characters, phrases parted by " | ", source) into
 * `into`. Every row must exist in the name table, directly or by a derivation, and stand once in a language.
 */
export function readMeanings(
  file: string,
  text: string,
  catalog: Catalog,
  into: Meanings,
): Problem[] {
  const problems: Problem[] = [];
  const broken = text.indexOf("\uFFFD");
  if (broken >= 0) {
    const line = text.slice(0, broken).split("\n").length;
    return [{ file, line, text: "a letter here is not UTF-8: save the file as UTF-8" }];
  }
  const rows = text.replace(/^\uFEFF/, "").split("\n");
  if (rows.at(-1) === "") rows.pop();
  if (rows[0] !== HEADER)
    return [
      {
        file,
        line: 1,
        text: `the first line must be ${HEADER.replaceAll("\t", "<tab>")}, with LF line ends`,
      },
    ];
  rows.slice(1).forEach((row, i) => {
    const { meaning, fault } = readRow(row, catalog);
    const key = meaning && keyOf(meaning, catalog);
    const text =
      fault ?? (key && into.has(key) ? "this code stands in another row too: keep one" : undefined);
    if (text) problems.push({ file, line: i + 2, text });
    else if (meaning && key) into.set(key, meaning);
  });
  return problems;
}

function keyOf({ value, family, symbol }: Meaning, catalog: Catalog): string {
  return codeKey(value, family, componentOf(value, symbol, catalog));
}

function readRow(row: string, catalog: Catalog): { meaning?: Meaning; fault?: string } {
  const columns = row.split("\t");
  const [hex = "", family = "", symbol = "", meaning = "", phrases = "", source = ""] = columns;
  if (columns.length !== 6)
    return { fault: `${columns.length} columns and there must be 6, parted by tabs` };
  if (!/^0x[0-9A-F]{8}$/.test(hex))
    return { fault: `${hex} is no value: write 0x and 8 capital digits` };
  if (!isFamily(family)) return { fault: `${family} is no family: ${FAMILIES.join(", ")}` };
  if (meaning.trim() === "") return { fault: "the meaning is empty" };
  if (meaning.length > MAX_MEANING)
    return { fault: `the meaning has ${meaning.length} characters; ${MAX_MEANING} are the most` };
  if (source.trim() === "") return { fault: "the source is empty" };
  const value = Number(hex);
  const names = namesOf(value, catalog);
  if (!names.some((row) => row.symbol.toUpperCase() === symbol.toUpperCase())) {
    const known =
      names
        .map((row) => row.symbol)
        .slice(0, 3)
        .join(", ") || "nothing";
    return { fault: `the name table does not know ${hex} as ${symbol}; it knows ${known}` };
  }
  const list = phrases
    .split(" | ")
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== "");
  const long = list.find((phrase) => phrase.split(/\s+/).length > MAX_PHRASE_WORDS);
  if (long)
    return { fault: `a phrase has more than ${MAX_PHRASE_WORDS} words: "${long.slice(0, 40)}..."` };
  return { meaning: { value, family, symbol, meaning, phrases: list } };
}

function isFamily(text: string): text is Family {
  return FAMILIES.includes(text);
}
