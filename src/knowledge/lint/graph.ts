import type { RawEntry, RawStep } from "../schema.ts";
import type { Fault } from "./fault.ts";

const ENDS = new Set(["verify", "escalate", "next-cause"]);
const RISK = { "read-only": 0, reversible: 1, disruptive: 2 };

/**
 * Checks how causes, steps and results hang together: ids that exist and are unique, no step out of reach, no circle, every
 * cause leads to `verify` or `escalate`, a remedy's good result is verified, no disruptive step first, no falling risk.
 */
export function lintGraph(entry: RawEntry): Fault[] {
  const unknown = [...duplicates(entry), ...unknownIds(entry)];
  if (unknown.length > 0) return unknown;
  return [
    ...unreachable(entry),
    ...entry.causes.flatMap((cause, i) => lintCause(entry, cause, ["causes", i])),
    ...Object.entries(entry.steps).flatMap(([id, step]) => unverified(entry, id, step)),
  ];
}

function duplicates(entry: RawEntry): Fault[] {
  const twice = (items: readonly { id: string }[], at: (string | number)[]) =>
    items.flatMap((item, i): Fault[] =>
      items.findIndex((other) => other.id === item.id) < i
        ? [{ at: [...at, i, "id"], text: `the id ${item.id} stands twice: every id is used once` }]
        : [],
    );
  return [
    ...twice(entry.causes, ["causes"]),
    ...twice(entry.contexts, ["contexts"]),
    ...twice(entry.myths, ["myths"]),
    ...twice(entry.references, ["references"]),
    ...Object.entries(entry.steps).flatMap(([id, step]) =>
      twice(step.results, ["steps", id, "results"]),
    ),
  ];
}

function unknownIds(entry: RawEntry): Fault[] {
  const steps = new Set(Object.keys(entry.steps));
  const causes = new Set(entry.causes.map((cause) => cause.id));
  const missing = (
    ids: readonly string[],
    known: Set<string>,
    at: (string | number)[],
    what: string,
  ) =>
    ids.flatMap((id, i): Fault[] =>
      known.has(id) ? [] : [{ at: [...at, i], text: `there is no ${what} ${id} in this entry` }],
    );
  return [
    ...entry.causes.flatMap((c, i) => missing(c.steps, steps, ["causes", i, "steps"], "step")),
    ...entry.contexts.flatMap((c, i) =>
      missing(c.causes, causes, ["contexts", i, "causes"], "cause"),
    ),
    ...Object.entries(entry.steps).flatMap(([id, step]) => [
      ...(step.otherwise && !steps.has(step.otherwise)
        ? [
            {
              at: ["steps", id, "otherwise"],
              text: `there is no step ${step.otherwise} in this entry`,
            },
          ]
        : []),
      ...step.results.flatMap((result, i): Fault[] =>
        ENDS.has(result.next) || steps.has(result.next)
          ? []
          : [
              {
                at: ["steps", id, "results", i, "next"],
                text: `there is no step ${result.next} in this entry: name a step, or verify, escalate or next-cause`,
              },
            ],
      ),
    ]),
  ];
}

/** The ids of the steps that some cause leads to. */
export function reachable({ causes, steps }: Pick<RawEntry, "causes" | "steps">): Set<string> {
  const seen = new Set(causes.flatMap((cause) => cause.steps));
  for (const id of seen) for (const next of leads(steps[id])) seen.add(next);
  return seen;
}

function unreachable(entry: RawEntry): Fault[] {
  const seen = reachable(entry);
  return Object.keys(entry.steps)
    .filter((id) => !seen.has(id))
    .map((id) => ({
      at: ["steps", id],
      text: `nothing leads to the step ${id}: name it in a cause's steps or in a result's next, or remove it`,
    }));
}

/** The steps that a step can lead to by a result or by `otherwise`. */
function leads(step: RawStep | undefined): string[] {
  if (!step) return [];
  const next = step.results.map((result) => result.next).filter((id) => !ENDS.has(id));
  return step.otherwise ? [...next, step.otherwise] : next;
}

function lintCause(entry: RawEntry, cause: RawEntry["causes"][number], at: Fault["at"]): Fault[] {
  const faults: Fault[] = [];
  const steps = cause.steps.map((id) => entry.steps[id]);
  if (steps[0]?.risk === "disruptive") {
    faults.push({
      at: [...at, "steps", 0],
      text: "a disruptive step may not be the first of a cause: look before you touch, begin with a read-only step",
    });
  }
  steps.forEach((step, i) => {
    const before = steps[i - 1];
    if (step && before && RISK[step.risk] < RISK[before.risk]) {
      faults.push({
        at: [...at, "steps", i],
        text: `the risk falls from ${before.risk} to ${step.risk} here: put the safer step before the other`,
      });
    }
  });
  const circle = findCircle(entry, cause.steps);
  if (circle) {
    faults.push({
      at: [...at, "steps"],
      text: `the steps go round in a circle: ${circle.join(" -> ")}`,
    });
    return faults;
  }
  for (const id of skipped(entry, cause.steps)) {
    faults.push({
      at: [...at, "steps", cause.steps.indexOf(id)],
      text: `no result of the steps before it leads to ${id}: let a result's next be ${id}`,
    });
  }
  if (!endsWell(entry, cause.steps[0] ?? "", new Set(["verify", "escalate"]), cause.steps)) {
    faults.push({
      at: [...at, "steps"],
      text: "no path of this cause ends in verify or escalate: let a result's next lead there",
    });
  }
  return faults;
}

/** Every step that can come after `id` within a cause: by result, by `otherwise`, or as the cause's following step. */
function following(entry: RawEntry, order: readonly string[], id: string): string[] {
  const step = entry.steps[id];
  const i = order.indexOf(id);
  const after = step && step.results.length === 0 && i >= 0 ? order[i + 1] : undefined;
  return after ? [...leads(step), after] : leads(step);
}

function findCircle(entry: RawEntry, order: readonly string[]): string[] | undefined {
  const done = new Set<string>();
  const visit = (id: string, trail: string[]): string[] | undefined => {
    if (trail.includes(id)) return [...trail.slice(trail.indexOf(id)), id];
    if (done.has(id)) return undefined;
    for (const next of following(entry, order, id)) {
      const circle = visit(next, [...trail, id]);
      if (circle) return circle;
    }
    done.add(id);
    return undefined;
  };
  for (const id of order) {
    const circle = visit(id, []);
    if (circle) return circle;
  }
  return undefined;
}

/** The steps of a cause that no path from its first step comes to. */
function skipped(entry: RawEntry, order: readonly string[]): string[] {
  const seen = new Set(order.slice(0, 1));
  for (const id of seen) for (const next of following(entry, order, id)) seen.add(next);
  return order.filter((id) => !seen.has(id));
}

/** True when a path from `id` comes to one of `ends`; what changes something leads to verify when it worked. */
function endsWell(
  entry: RawEntry,
  id: string,
  ends: ReadonlySet<string>,
  order: readonly string[] = [],
): boolean {
  const seen = new Set([id]);
  for (const at of seen) {
    const results = entry.steps[at]?.results ?? [];
    if (results.length === 0 || results.some((result) => ends.has(result.next))) return true;
    for (const next of following(entry, order, at)) seen.add(next);
  }
  return false;
}

function unverified(entry: RawEntry, id: string, step: RawStep): Fault[] {
  if (step.risk === "read-only" || endsWell(entry, id, new Set(["verify"]))) return [];
  return [
    {
      at: ["steps", id, "results"],
      text: "a step that changes something must be verified: let the good result's next be verify, or a step that leads there",
    },
  ];
}
