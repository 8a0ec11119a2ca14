import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Fact, readRules, type Unread } from "./source/fact.ts";
import { headerFacts } from "./source/header-facts.ts";
import { bugCheckFacts, goFacts, zigPairs } from "./source/other-facts.ts";
import { type Row, reconcile } from "./source/reconcile.ts";
import { rustFacts } from "./source/rust-facts.ts";

const usage = `Writes knowledge/codes/*.tsv from public sources; run by a maintainer.
  npx node knowledge/codes/build.ts --sdk DIR --gosys FILE --winapi DIR --mingw DIR --bugchecks FILE --zig DIR
Any subset may be given; see THIRD-PARTY-NOTICES.md for packages and versions. --local also writes local.tsv: the names
that only your own Windows SDK has (not for redistribution).
`;

const here = import.meta.dirname;
const { values: given } = parseArgs({
  options: {
    sdk: { type: "string" },
    gosys: { type: "string" },
    winapi: { type: "string" },
    mingw: { type: "string" },
    bugchecks: { type: "string" },
    zig: { type: "string" },
    local: { type: "boolean" },
    help: { type: "boolean" },
  },
});

process.exitCode = given.help || Object.keys(given).length === 0 ? explain() : build();

function explain(): number {
  process.stdout.write(usage);
  return 2;
}

function build(): number {
  const rules = readRules(join(here, "source/headers.tsv"));
  const read = [
    given.bugchecks && bugCheckFacts(given.bugchecks, "microsoft-docs"),
    given.sdk && headerFacts(given.sdk, "sdk", rules),
    given.gosys && goFacts(given.gosys, "x-sys"),
    given.winapi && rustFacts(given.winapi, "winapi", rules),
    given.mingw && headerFacts(given.mingw, "mingw", rules),
  ].filter((part) => part !== undefined && part !== "");
  report(read.flatMap((part) => part.unread));
  const facts = read.flatMap((part): Fact[] => part.facts);
  const confirmed = given.zig ? zigPairs(given.zig) : new Set<string>();
  const { rows, contradictions, onlySdk } = reconcile(facts, confirmed, disputes());
  const problems = [...contradictions, ...extraProblems(rows)];
  for (const problem of problems) process.stdout.write(`contradiction: ${problem}\n`);
  if (problems.length > 0) return 1;
  const families = Map.groupBy(rows, (row) => row.family);
  for (const [family, list] of families) write(`${family}.tsv`, list);
  if (given.local) write("local.tsv", onlySdk);
  count(rows, onlySdk.length);
  return 0;
}

function report(unread: Unread[]): void {
  for (const [source, lines] of Map.groupBy(unread, (line) => line.source)) {
    process.stdout.write(`left out: ${source}, ${lines.length} unreadable lines\n`);
    for (const { line, text } of lines) process.stdout.write(`  ${line}: ${text}\n`);
  }
}

function disputes() {
  return table("source/disputes.tsv").map(([symbol = "", value = "", ruling = ""]) => {
    return { symbol, value: Number(value), ruling };
  });
}

/** A curated row must not repeat or contradict a header. */
function extraProblems(rows: readonly Row[]): string[] {
  const bySymbol = new Map(rows.map((row) => [`${row.component}\t${row.symbol}`, row]));
  return table("extra.tsv").flatMap(([value = "", symbol = "", , component = "", source = ""]) => {
    const row = bySymbol.get(`${component}\t${symbol}`);
    if (!row) return [];
    const verdict = row.value === Number(value) ? "is already in" : "contradicts";
    return [`extra.tsv ${value} ${symbol} (${source}) ${verdict} ${row.sources.join(",")}`];
  });
}

function table(file: string): string[][] {
  const path = join(here, file);
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").trimEnd().split("\n").slice(1);
  return lines.map((line) => line.split("\t"));
}

function write(file: string, rows: readonly Row[]): void {
  const lines = rows.map((row) =>
    [
      `0x${row.value.toString(16).toUpperCase().padStart(8, "0")}`,
      row.symbol,
      row.family,
      row.component,
      row.sources.join(","),
    ].join("\t"),
  );
  const head = "value\tsymbol\tfamily\tcomponent\tsource";
  writeFileSync(join(here, file), `${[head, ...lines].join("\n")}\n`);
}

function count(rows: readonly Row[], onlySdk: number): void {
  const counts = [...Map.groupBy(rows, (row) => `${row.family}/${row.component}`)]
    .map(([name, list]) => `${name} ${list.length}`)
    .sort();
  const distinct = new Set(rows.map((row) => row.value)).size;
  process.stdout.write(`${counts.join("\n")}\n${rows.length} pairs, ${distinct} values; `);
  process.stdout.write(`${onlySdk} pairs that only the SDK has were left out\n`);
}
