import type { Block, Card, Inline } from "../card.ts";
import type { Period } from "../command.ts";
import type { EntryFigures, Report } from "../report.ts";
import type { Writer } from "./writer.ts";

const MOST_LINES = 5;
const LONGEST_GAP = 120;

/** The figures of a period, the entries that need a look, and what could not be answered. */
export function reportCard(writer: Writer, report: Report, period: Period): Card {
  const { say } = writer;
  const row = (key: string, value: string | number | null) => ({
    label: say(`report.${key}`),
    value: [String(value ?? "–")],
  });
  const worst = report.entries
    .filter(
      ({ flagged, notUseful, rejected, failing }) => flagged || notUseful + rejected + failing > 0,
    )
    .slice(0, MOST_LINES)
    .map((figures): Inline[] => [
      { bold: titleOf(writer, figures.entry) },
      ` · ${say("report.entry", paramsOf(figures))}`,
      figures.flagged ? ` · ${say("report.flagged")}` : "",
    ]);
  const gaps = report.gaps
    .slice(0, MOST_LINES)
    .map(({ text, times }): Inline[] => [`${times} × `, { code: text.slice(0, LONGEST_GAP) }]);
  return {
    title: say(`report.title-${period}`),
    blocks: [
      {
        type: "facts",
        rows: [
          row("questions", report.questions),
          row("answered", `${report.answered}${share(report.answered, report.questions)}`),
          row("resolved", report.resolved),
          row("handed-over", report.handedOver),
          row("median-steps", report.medianSteps),
          row("feedback", `${report.useful} / ${report.notUseful}`),
          ...(report.throttled > 0 ? [row("throttled", report.throttled)] : []),
        ],
      },
      ...listed(say("report.worst"), worst),
      ...listed(say("report.gaps"), gaps),
    ],
    buttons: [],
    language: writer.language,
  };
}

function paramsOf({ asked, notUseful, rejected, cases, failing }: EntryFigures) {
  return { asked, bad: notUseful, rejected, cases, failing };
}

function listed(heading: string, items: Inline[][]): Block[] {
  if (items.length === 0) return [];
  return [
    { type: "text", inlines: [{ bold: heading }] },
    { type: "list", ordered: false, items },
  ];
}

function titleOf({ knowledge, language }: Writer, id: string): string {
  const entry = knowledge.entry(id, language);
  const code = entry?.codes[0]?.value;
  return [code, entry?.title ?? id].filter(Boolean).join(" · ");
}

function share(part: number, whole: number): string {
  return whole === 0 ? "" : ` (${Math.round((100 * part) / whole)} %)`;
}
