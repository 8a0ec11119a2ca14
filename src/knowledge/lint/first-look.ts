import type { RawEntry } from "../schema.ts";
import type { Fault } from "./fault.ts";

/** Finds causes of a built-in entry that do not begin with a look: a company may know at once what to change, we do not. */
export function lintFirstLook({ causes, steps }: RawEntry): Fault[] {
  return causes.flatMap((cause, i): Fault[] => {
    const first = steps[cause.steps[0] ?? ""];
    if (first?.risk !== "reversible") return [];
    const text = "the first step of a cause only looks: put a read-only step before this one";
    return [{ at: ["causes", i, "steps", 0], text }];
  });
}
