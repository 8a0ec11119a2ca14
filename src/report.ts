import type { Period } from "./command.ts";
import { ASKED, FOUND } from "./record.ts";
import type { CaseEvent } from "./state.ts";

/** One entry in a report. `cases` had a step tried; of them `failing` were not solved by it. */
export type EntryFigures = {
  entry: string;
  asked: number;
  useful: number;
  notUseful: number;
  rejected: number;
  cases: number;
  failing: number;
  /** Ten cases or more, and most of them failing: the entry has to be looked at. */
  flagged: boolean;
};

/** A question that could not be answered, without personal data. */
export type Gap = { what: "unknown-code" | "not-found"; text: string; times: number };

/** What happened in a period (milliseconds since 1970, `to` not included). Entries worst first, gaps most frequent first. */
export type Report = {
  from: number;
  to: number;
  questions: number;
  answered: number;
  resolved: number;
  handedOver: number;
  /** Steps tried in a resolved case; null when none was resolved. */
  medianSteps: number | null;
  useful: number;
  notUseful: number;
  throttled: number;
  entries: EntryFigures[];
  gaps: Gap[];
};

/** An answer that was refused, for the questions in test/questions. */
export type Miss = { lang: string; text: string; refused: string; reason: string };

const DAYS: Record<Period, number> = { day: 1, week: 7, month: 30 };
const DAY_MS = 86_400_000;
const MOST_GAPS = 10;
const ENOUGH_CASES = 10;

/** The days up to now, this millisecond included. */
export function periodOf(period: Period, now: number): { from: number; to: number } {
  return { from: now - DAYS[period] * DAY_MS, to: now + 1 };
}

/** The figures of a period from its events. Nothing in them changes how questions are answered: people decide about that. */
export function reportOf(
  events: readonly CaseEvent[],
  period: { from: number; to: number },
): Report {
  const asked = events.filter(
    ({ what, detail }) => what === "question" && ASKED.has(detail.kind ?? ""),
  );
  const resolved = casesWith(events, "case.resolved");
  const feedback = lastFeedback(events);
  const tried = events.filter(({ what }) => what === "step.result");
  const steps = Map.groupBy(tried, (event) => event.case ?? "");
  return {
    ...period,
    questions: asked.length,
    answered: asked.filter(({ detail }) => FOUND.has(detail.kind ?? "")).length,
    resolved: resolved.size,
    handedOver: casesWith(events, "case.handed-over").size,
    medianSteps: median([...resolved].map((id) => steps.get(id)?.length ?? 0)),
    useful: feedback.filter(({ what }) => what === "feedback.useful").length,
    notUseful: feedback.filter(({ what }) => what === "feedback.not-useful").length,
    throttled: events.filter(({ what }) => what === "throttled").length,
    entries: entryFigures(events, feedback),
    gaps: gapsOf(events),
  };
}

/** Refused answers with the words that led to them: from "Not my problem", and where a reason says wrong code or cause. */
export function missesOf(events: readonly CaseEvent[]): Miss[] {
  const refusals = events.filter(
    ({ what, detail }) =>
      what === "answer.rejected" ||
      (what === "feedback.reason" && /^wrong-/.test(detail.reason ?? "")),
  );
  const misses = refusals.flatMap(({ detail }): Miss[] => {
    const { text, language = "en", entry, code, reason = "not-mine" } = detail;
    return text ? [{ lang: language, text, refused: entry ?? code ?? "", reason }] : [];
  });
  return [...new Map(misses.map((miss) => [`${miss.text}\n${miss.refused}`, miss])).values()];
}

function entryFigures(
  events: readonly CaseEvent[],
  feedback: readonly CaseEvent[],
): EntryFigures[] {
  const about = Map.groupBy(events, ({ detail }) => detail.entry ?? "");
  about.delete("");
  const figures = [...about].map(([entry, own]) => {
    const count = (...whats: string[]) => own.filter(({ what }) => whats.includes(what)).length;
    const said = (what: string) =>
      feedback.filter((each) => each.what === what && each.detail.entry === entry).length;
    const cases = casesWith(own, "step.result");
    const byCase = Map.groupBy(own, (event) => event.case ?? "");
    const failing = [...cases].filter((id) => isFailing(byCase.get(id) ?? [])).length;
    return {
      entry,
      asked: own.filter(isAsked).length,
      useful: said("feedback.useful"),
      notUseful: said("feedback.not-useful"),
      rejected: count("answer.rejected"),
      cases: cases.size,
      failing,
      flagged: cases.size >= ENOUGH_CASES && failing > cases.size / 2,
    };
  });
  return figures.sort((a, b) => badness(b) - badness(a) || b.asked - a.asked);
}

function isAsked({ what, detail }: CaseEvent): boolean {
  return /^(question|answer\.chosen)$/.test(what) && ASKED.has(detail.kind ?? "");
}

function badness({ flagged, notUseful, rejected, failing }: EntryFigures): number {
  return (flagged ? 1_000_000 : 0) + notUseful + rejected + failing;
}

/** A case that went on to a person, came back, or had a step fail, and was not resolved. */
function isFailing(own: readonly CaseEvent[]): boolean {
  const bad = own.findLastIndex(
    ({ what, detail }) =>
      what === "case.handed-over" ||
      what === "case.unresolved" ||
      what === "case.reopened" ||
      (what === "step.result" && /^(failed|cannot)$/.test(detail.result ?? "")),
  );
  return bad > own.findLastIndex(({ what }) => what === "case.resolved");
}

function gapsOf(events: readonly CaseEvent[]): Gap[] {
  const gaps = events.flatMap(({ what, detail }): Omit<Gap, "times">[] => {
    if (what === "gap.unknown-code" && detail.code)
      return [{ what: "unknown-code", text: detail.code }];
    return what === "gap.not-found" && detail.text
      ? [{ what: "not-found", text: detail.text }]
      : [];
  });
  const groups = Map.groupBy(gaps, ({ text }) => text.toLowerCase().replace(/\s+/gu, " "));
  return [...groups.values()]
    .flatMap((group): Gap[] => (group[0] ? [{ ...group[0], times: group.length }] : []))
    .sort((a, b) => b.times - a.times)
    .slice(0, MOST_GAPS);
}

/** What each person said last about each answer. */
function lastFeedback(events: readonly CaseEvent[]): CaseEvent[] {
  const said = events.filter(({ what }) => /^feedback\.(useful|not-useful)$/.test(what));
  const key = ({ by, case: id, detail, at }: CaseEvent) =>
    JSON.stringify([by ?? at, id, detail.entry, detail.code]);
  return [...new Map(said.map((event) => [key(event), event])).values()];
}

function casesWith(events: readonly CaseEvent[], what: string): Set<string> {
  return new Set(
    events.flatMap((event) => (event.what === what && event.case ? [event.case] : [])),
  );
}

function median(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 ? half : half - 1], sorted[half]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
