import type { Knowledge } from "../src/knowledge/knowledge.ts";
import { decideOnce } from "./decide-once.ts";
import { table } from "./table.ts";

type Kind = { name: string; size: number; text(size: number): string };

const repeat = (name: string, unit: string): Kind => ({
  name,
  size: 40_000,
  text: (size) => unit.repeat(Math.ceil(size / unit.length)).slice(0, size),
});

const KINDS: readonly Kind[] = [
  repeat("0x0x0x", "0x"),
  repeat("0x8007 0x8007", "0x8007 "),
  repeat("open brackets", "0x80070005("),
  repeat("underscores", "A_B_"),
  repeat("symbol beginnings", "ERROR_ACCESS_"),
  repeat("entities", "&lt;&amp;"),
  repeat("backticks", "`"),
  repeat("quotes", '"a "'),
  repeat("zero width", "0\u200b"),
  repeat("marks on a letter", "e\u0301\u0301\u0301"),
  repeat("hyphens", "-1-"),
  repeat("error words", "error code "),
  repeat("line breaks", "\n"),
  { name: "digits", size: 100_000, text: (size) => "1234567890".repeat(size / 10) },
  { name: "codes", size: 10_000, text: (size) => words(size, (i) => code(i)) },
  { name: "one-letter words", size: 20_000, text: (size) => words(size, letter) },
];

const SIZES = [1, 2, 4];
const TRIES = 3;
const MEGABYTE = 1024 * 1024;

/** The time of one decision about hostile texts of a size, twice and four times that, and the largest heap seen. */
export function hostile(knowledge: Knowledge): string {
  let heap = 0;
  const rows = KINDS.map(({ name, size, text }) => {
    const times = SIZES.map((factor) => fastest(knowledge, text(size * factor)));
    heap = Math.max(heap, process.memoryUsage().heapUsed);
    const [once = 0, , fourfold = 0] = times;
    const growth = fourfold / Math.max(once, 0.1);
    return [name, String(size), ...times.map((ms) => ms.toFixed(1)), `${growth.toFixed(1)} x`];
  });
  const head = ["text", "n", "n: ms", "2n: ms", "4n: ms", "4n to n"];
  return `${table(head, rows)}\nlargest heap seen: ${Math.round(heap / MEGABYTE)} MB`;
}

function fastest(knowledge: Knowledge, text: string): number {
  const times = Array.from({ length: TRIES }, () => {
    const from = performance.now();
    decideOnce(knowledge, text);
    return performance.now() - from;
  });
  return Math.min(...times);
}

function words(count: number, word: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => word(i)).join(" ");
}

function code(i: number): string {
  return `0x${(0x80070000 + i).toString(16)}`;
}

/** Letters of many alphabets, so that the words differ. */
function letter(i: number): string {
  return String.fromCodePoint(0x4e00 + (i % 20_000));
}
