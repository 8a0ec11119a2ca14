import { fileURLToPath } from "node:url";
import { loadCatalog } from "../src/codes/catalog.ts";
import { loadKnowledge } from "../src/knowledge/load.ts";
import { codes } from "./codes.ts";
import { hostile } from "./hostile.ts";
import { ranking } from "./ranking.ts";
import { start } from "./start.ts";

const folder = fileURLToPath(new URL("../knowledge/", import.meta.url));

/** The parts in the order they run; start comes first, while nothing is warm. */
const PARTS: readonly string[] = ["start", "codes", "ranking", "hostile"];

/** `npm run bench [-- part ...]`: measures and prints; nothing here can fail a build. Returns the exit code. */
function main(wanted: readonly string[]): number {
  const strange = wanted.filter((part) => !PARTS.includes(part));
  if (strange.length > 0) {
    process.stderr.write(`no such part: ${strange.join(", ")}; there are ${PARTS.join(", ")}\n`);
    return 64;
  }
  const parts = PARTS.filter((part) => wanted.length === 0 || wanted.includes(part));
  if (parts.includes("start")) print("start", start(folder));
  const knowledge = loadKnowledge({ folder, catalog: loadCatalog(`${folder}codes`) });
  if (parts.includes("codes")) print("codes", codes(knowledge));
  if (parts.includes("ranking")) print("ranking", ranking(knowledge, folder));
  if (parts.includes("hostile")) print("hostile", hostile(knowledge));
  return 0;
}

function print(part: string, text: string): void {
  process.stdout.write(`== ${part}\n${text}\n\n`);
}

process.exitCode = main(process.argv.slice(2));
