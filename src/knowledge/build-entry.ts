import type { Inline } from "../card.ts";
import type { Language } from "../language.ts";
import type { Entry, Step } from "./entry.ts";
import type { Overlay } from "./overlay.ts";
import { parseProse } from "./prose.ts";
import type { RawEntry, RawStep } from "./schema.ts";

/** What an entry is built from besides its facts: the prose of one language and the cues of all of them. */
export type Material = {
  prose: Overlay;
  language: Language;
  /** Every language's prose: a cue of any of them matches any message. */
  all: readonly Overlay[];
  fill: (text: string) => string;
};

/** Builds an entry in one language: facts from the entry, prose from the overlay, placeholders filled, marks parsed. */
export function buildEntry(raw: RawEntry, material: Material): Entry {
  const { prose, language, all, fill } = material;
  const inlines = (text: string): Inline[] => parseProse(fill(text));
  const every = (texts: readonly string[] | undefined): Inline[][] => (texts ?? []).map(inlines);
  const maybe = <K extends string>(key: K, text: string | undefined) =>
    (text === undefined ? {} : { [key]: inlines(text) }) as { [P in K]?: Inline[] };
  return {
    id: raw.id,
    language,
    title: fill(prose.title),
    status: raw.status,
    reviewed: raw.reviewed,
    area: raw.area,
    ...(raw.replaced_by ? { replacedBy: raw.replaced_by } : {}),
    codes: raw.codes.map((code) => {
      const label = prose.codes?.[code.value]?.label;
      const symbol = code.symbol === "none" ? null : code.symbol;
      return { value: code.value, family: code.family, symbol, ...(label ? { label } : {}) };
    }),
    aliases: { names: prose.aliases?.names ?? [], phrases: prose.aliases?.phrases ?? [] },
    questions: prose.questions ?? [],
    summary: inlines(prose.summary),
    ...maybe("background", prose.background),
    ...maybe("developers", prose.developers),
    contexts: raw.contexts.map(({ id, causes, sources }) => ({
      id,
      title: prose.contexts?.[id]?.title ?? id,
      cues: union(all.map((one) => one.contexts?.[id]?.cues)),
      causes,
      ...maybe("note", prose.contexts?.[id]?.note),
      sources,
    })),
    causes: raw.causes.map(({ id, likelihood, steps, sources }) => ({
      id,
      likelihood,
      title: fill(prose.causes[id]?.title ?? id),
      why: inlines(prose.causes[id]?.why ?? ""),
      signs: every(prose.causes[id]?.signs),
      steps,
      sources,
    })),
    steps: Object.fromEntries(
      Object.entries(raw.steps).map(([id, step]) => [
        id,
        buildStep(id, step, prose.steps[id], material),
      ]),
    ),
    verify: every(prose.verify),
    escalate: { when: inlines(prose.escalate.when), attach: every(prose.escalate.attach) },
    myths: raw.myths.map(({ id, danger, sources }) => ({
      id,
      claim: inlines(prose.myths?.[id]?.claim ?? ""),
      correction: inlines(prose.myths?.[id]?.correction ?? ""),
      danger: danger === "yes",
      cues: union(all.map((one) => one.myths?.[id]?.cues)),
      sources,
    })),
    related: raw.related.map(({ code, relation }) => ({
      code,
      relation,
      ...maybe("note", prose.related?.[code]?.note),
    })),
    references: raw.references.map(({ id, title, url, by, date }) => ({
      id,
      title: title ?? `${by}, ${date}`,
      ...(url ? { url } : {}),
    })),
  };
}

function buildStep(
  id: string,
  raw: RawStep,
  prose: Overlay["steps"][string] | undefined,
  { fill }: Material,
): Step {
  const inlines = (text: string): Inline[] => parseProse(fill(text));
  return {
    id,
    title: fill(prose?.title ?? id),
    who: raw.who,
    risk: raw.risk,
    ...(prose?.practice ? { practice: inlines(prose.practice) } : {}),
    do: (prose?.do ?? []).map(inlines),
    run: raw.run.map((run, i) => ({
      shell: run.shell,
      command: fill(run.command),
      expect: inlines(prose?.run?.[i]?.expect ?? ""),
    })),
    results: raw.results.map((result) => ({
      id: result.id,
      title: fill(prose?.results?.[result.id]?.title ?? result.id),
      seen: result.seen,
      next: result.next,
    })),
    ...(prose?.undo ? { undo: inlines(prose.undo) } : {}),
    ...(prose?.warn ? { warn: inlines(prose.warn) } : {}),
    ...(prose?.no_undo ? { noUndo: inlines(prose.no_undo) } : {}),
    ...(raw.otherwise ? { otherwise: raw.otherwise } : {}),
    sources: raw.sources,
  };
}

function union(lists: readonly (string[] | undefined)[]): string[] {
  return [...new Set(lists.flatMap((list) => list ?? []))];
}
