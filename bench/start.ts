import { join } from "node:path";
import { loadCatalog } from "../src/codes/catalog.ts";
import { loadKnowledge } from "../src/knowledge/load.ts";
import { table } from "./table.ts";

const TIMES = 5;

/** How long it takes to load the name table, the knowledge, and to build the search index: at first and usually. */
export function start(folder: string): string {
  const catalogs: number[] = [];
  const knowledges: number[] = [];
  const indexes: number[] = [];
  for (let i = 0; i < TIMES; i++) {
    const catalog = timed(catalogs, () => loadCatalog(join(folder, "codes")));
    const knowledge = timed(knowledges, () => loadKnowledge({ folder, catalog }));
    timed(indexes, () => knowledge.search("printer is offline", "en"));
  }
  return table(
    ["", "first ms", "median ms"],
    [row("name table", catalogs), row("knowledge", knowledges), row("English index", indexes)],
  );
}

function timed<T>(times: number[], call: () => T): T {
  const from = performance.now();
  const result = call();
  times.push(performance.now() - from);
  return result;
}

function row(name: string, times: readonly number[]): string[] {
  const sorted = times.toSorted((a, b) => a - b);
  const median = sorted[sorted.length >> 1] ?? 0;
  return [name, (times[0] ?? 0).toFixed(0), median.toFixed(0)];
}
