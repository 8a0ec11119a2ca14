import type { EntryFigures, Miss, Report } from "../../src/report.ts";

const LONGEST_CELL = 60;
const ENTRY_COLUMNS = [
  "entry",
  "asked",
  "useful",
  "notUseful",
  "rejected",
  "cases",
  "failing",
  "flagged",
] as const satisfies (keyof EntryFigures)[];

/** A report for people: figures, entries worst first, gaps. */
export function reportTable(report: Report): string {
  const entries = report.entries.map((figures) => ENTRY_COLUMNS.map((name) => cell(figures[name])));
  const gaps = report.gaps.map(({ times, what, text }) => [String(times), what, text]);
  return [
    `${minute(report.from)} to ${minute(report.to)} (UTC)`,
    columns(figuresOf(report).map(([name, value]) => [name, value])),
    entries.length > 0 ? `Entries, worst first\n${columns([[...ENTRY_COLUMNS], ...entries])}` : "",
    gaps.length > 0 ? `Not answered\n${columns(gaps)}` : "",
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** The same as CSV for a spreadsheet: one row a figure, with its section. No cell can become a formula. */
export function reportCsv(report: Report): string {
  const rows = [
    ["section", "name", "figure", "value"],
    ...figuresOf(report).map(([name, value]) => ["total", "", name, value]),
    ...report.entries.flatMap((figures) =>
      ENTRY_COLUMNS.slice(1).map((name) => ["entry", figures.entry, name, cell(figures[name])]),
    ),
    ...report.gaps.map(({ what, text, times }) => ["gap", text, what, String(times)]),
  ];
  return rows.map((row) => row.map(quoted).join(",")).join("\r\n");
}

/**
 * Refused answers as lines for test/questions: the right answer has to be filled in by whoever knows it, and the text to be
 * worded anew, because it is what somebody wrote.
 */
export function missLines(misses: readonly Miss[]): string {
  return misses
    .map(({ lang, text, refused, reason }, i) =>
      JSON.stringify({
        id: `${lang}-miss-${i + 1}`,
        lang,
        kind: "symptom",
        text,
        expect: [],
        match: "any",
        reason: `${refused} was refused (${reason})`,
      }),
    )
    .join("\n");
}

function figuresOf(report: Report): [string, string][] {
  return [
    ["questions", cell(report.questions)],
    ["answered", cell(report.answered)],
    ["resolved", cell(report.resolved)],
    ["handed over", cell(report.handedOver)],
    ["median steps", cell(report.medianSteps)],
    ["useful", cell(report.useful)],
    ["not useful", cell(report.notUseful)],
    ["throttled", cell(report.throttled)],
  ];
}

function cell(value: string | number | boolean | null): string {
  if (typeof value === "boolean") return value ? "yes" : "";
  return value === null ? "-" : String(value);
}

function columns(rows: string[][]): string {
  const cut = rows.map((row) =>
    row.map((text) => text.replace(/\s+/gu, " ").slice(0, LONGEST_CELL)),
  );
  const widths = (cut[0] ?? []).map((_, i) => Math.max(...cut.map((row) => row[i]?.length ?? 0)));
  return cut
    .map((row) =>
      row
        .map((text, i) => text.padEnd(widths[i] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function quoted(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && text !== "-" ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function minute(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace("T", " ");
}
