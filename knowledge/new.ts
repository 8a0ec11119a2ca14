import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadCatalog } from "../src/codes/catalog.ts";
import { namesOf } from "../src/knowledge/names.ts";
import { ENTRY_ID } from "../src/knowledge/schema.ts";
import { entryTemplate, type NewCode } from "./entry-template.ts";

/**
 * `npm run new -- 0x80070005` (or win32-1603, stop-0x7B, aadsts-50126, words-with-hyphens): writes a commented entry to
 * fill in, with the symbol from the name table.
 */
const id = normal(process.argv[2] ?? "");
const folder = import.meta.dirname;
const file = `entries/${id}.yaml`;
const fault = faultOf();
if (fault) {
  process.stderr.write(`${fault}\n`);
  process.exit(2);
}
const today = new Date().toISOString().slice(0, 10);
writeFileSync(join(folder, file), entryTemplate(id, codeOf(), today));
process.stdout.write(
  `knowledge/${file} written. Fill it in, then: npm run preview -- "${id}", npm run translate -- es ${id}, npm run check:knowledge -- ${id}\n`,
);

function faultOf(): string | undefined {
  if (!ENTRY_ID.test(id))
    return "usage: npm run new -- 0x80070005 | win32-1603 | stop-0x7B | aadsts-50126 | words-with-hyphens";
  return existsSync(join(folder, file)) ? `knowledge/${file} is there already` : undefined;
}

/** The code that the id names, with its name; undefined for a slug. */
function codeOf(): NewCode | undefined {
  const number = /^(?:win32-|stop-|aadsts-)?(0x[0-9A-F]+|\d+)$/.exec(id)?.[1];
  if (number === undefined) return undefined;
  const value = Number(number);
  const stop = id.startsWith("stop-");
  const names = namesOf(value, loadCatalog(join(folder, "codes")));
  const row = names.find((one) => (one.family === "bugcheck") === stop);
  const derived = row !== undefined && row.value !== value;
  return {
    value: `0x${value.toString(16).toUpperCase().padStart(8, "0")}`,
    family: derived ? "hresult" : (row?.family ?? (stop ? "bugcheck" : "other")),
    symbol: row?.symbol ?? "none",
  };
}

/** Upper-case digits after 0x, the rest as it is. */
function normal(wished: string): string {
  return wished
    .trim()
    .replace(/0x([0-9a-f]+)$/i, (_, digits: string) => `0x${digits.toUpperCase()}`);
}
