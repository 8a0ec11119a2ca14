import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { check } from "../src/knowledge/complaint.ts";
import { KnowledgeError } from "../src/knowledge/error.ts";
import { TRANSLATIONS } from "../src/knowledge/languages.ts";
import { overlaySchema } from "../src/knowledge/overlay.ts";
import { proseHash, proseOf } from "../src/knowledge/prose-tree.ts";
import { entrySchema } from "../src/knowledge/schema.ts";
import { type Doc, readYaml } from "../src/knowledge/yaml.ts";
import { overlayText, refreshedText } from "./overlay-text.ts";

/**
 * `npm run translate -- es 0x80090311`: writes the translation's scaffold with the English texts to translate, or, when the
 * translation is there, tells what it lacks or has too much; when nothing, writes the new `of:` hash.
 */
const [language, id] = process.argv.slice(2);
const folder = import.meta.dirname;
if (!language || !id || !TRANSLATIONS.some((one) => one === language)) {
  process.stderr.write("usage: npm run translate -- es 0x80090311\n");
  process.exit(2);
}
try {
  process.stdout.write(`${translate(language, id)}\n`);
} catch (error) {
  if (!(error instanceof KnowledgeError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

function translate(to: string, entryId: string): string {
  const entry = parsed(`entries/${entryId}.yaml`, (doc) => check(doc, entrySchema));
  const file = `locales/${to}/${entryId}.yaml`;
  const path = join(folder, file);
  const english = proseOf(entry);
  const hash = proseHash(entry);
  if (!existsSync(path)) {
    writeFileSync(path, overlayText(english, hash));
    return `knowledge/${file} written: translate every text in it, then: npm run check:knowledge -- ${entryId}`;
  }
  const old = readFileSync(path, "utf8");
  const overlay = parsed(file, (doc) => check(doc, overlaySchema));
  const { text, notes } = refreshedText(old, overlay, english, hash);
  writeFileSync(path, text);
  const head = notes.length > 0 ? "differs from its entry" : `stands at of: ${hash}`;
  return [`knowledge/${file} ${head}`, ...notes].join("\n");
}

function parsed<T>(
  file: string,
  read: (doc: Doc) => { value?: T; problems: KnowledgeError["problems"] },
): T {
  const { doc, problems } = readYaml(file, readFileSync(join(folder, file)));
  if (!doc) throw new KnowledgeError(problems);
  const { value, problems: mistakes } = read(doc);
  if (value === undefined) throw new KnowledgeError(mistakes);
  return value;
}
