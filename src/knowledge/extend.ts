import { reachable } from "./lint/graph.ts";
import type { Overlay } from "./overlay.ts";
import type { RawEntry, RawExtension, RawStep } from "./schema.ts";

/**
 * Lays a company's additions over a built-in entry: its causes before and after, its steps and references, without the
 * causes, contexts, myths and steps that it hides, and without the steps that nothing leads to then; what led to a hidden
 * step leads to the next cause. The built-in file stays as it is, so that corrections keep flowing.
 */
export function extendEntry(entry: RawEntry, extension: RawExtension): RawEntry {
  const hidden = new Set(extension.hide);
  const shown = <T extends { id: string }>(items: readonly T[]) =>
    items.filter((item) => !hidden.has(item.id));
  const causes = [...extension.before, ...shown(entry.causes), ...extension.after]
    .map((cause) => ({ ...cause, steps: cause.steps.filter((step) => !hidden.has(step)) }))
    .filter((cause) => cause.steps.length > 0);
  const steps: RawEntry["steps"] = {};
  for (const [id, step] of Object.entries(entry.steps))
    if (!hidden.has(id)) steps[id] = around(hidden, step);
  const led = reachable({ causes, steps: { ...steps, ...extension.steps } });
  return {
    ...entry,
    causes,
    contexts: shown(entry.contexts).map((context) => ({
      ...context,
      causes: context.causes.filter((cause) => !hidden.has(cause)),
    })),
    myths: shown(entry.myths),
    steps: {
      ...Object.fromEntries(Object.entries(steps).filter(([id]) => led.has(id))),
      ...extension.steps,
    },
    references: [...entry.references, ...extension.references],
  };
}

/** A step that leads to none of the hidden ones. */
function around(hidden: ReadonlySet<string>, step: RawStep): RawStep {
  const { otherwise, ...rest } = step;
  const results = step.results.map((result) =>
    hidden.has(result.next) ? { ...result, next: "next-cause" } : result,
  );
  return otherwise && !hidden.has(otherwise)
    ? { ...rest, otherwise, results }
    : { ...rest, results };
}

/** The prose of one language together with a company's, which is in one language and shown in all; the note closes the summary. */
export function extendProse(prose: Overlay, added: Overlay, note: string | undefined): Overlay {
  return {
    ...prose,
    summary: note ? `${prose.summary} ${note}` : prose.summary,
    causes: { ...prose.causes, ...added.causes },
    steps: { ...prose.steps, ...added.steps },
  };
}

/** Ids to hide that the entry does not have. */
export function hiddenUnknown(entry: RawEntry, extension: RawExtension): string[] {
  const ids = [entry.causes, entry.contexts, entry.myths].flatMap((items) =>
    items.map((item) => item.id),
  );
  const known = new Set([...ids, ...Object.keys(entry.steps)]);
  return extension.hide.filter((id) => !known.has(id));
}
