import type { z } from "zod";
import type { Language } from "../language.ts";
import { check } from "./complaint.ts";
import type { Problem } from "./error.ts";
import { readOptional } from "./folder.ts";
import { byLanguage } from "./languages.ts";
import {
  companySchema,
  type Placeholders,
  placeholderOverlaySchema,
  placeholdersSchema,
} from "./placeholders.ts";
import { type Doc, readYaml } from "./yaml.ts";

/** Reads placeholders.yaml, its translation, and a company's own placeholders (in one language, used in all). */
export function readPlaceholders(
  folder: string,
  extra: string | undefined,
  problems: Problem[],
): Placeholders {
  const english = readOne(folder, "placeholders.yaml", placeholdersSchema, problems)?.value ?? {};
  const own =
    extra === undefined
      ? {}
      : (readOne(extra, "placeholders.yaml", placeholdersSchema, problems)?.value ?? {});
  const all = { ...english, ...own };
  return byLanguage((language) => {
    const translated =
      language === "en" ? {} : readTranslation(folder, language, english, problems);
    const named = Object.entries(all).map(([name, value]) => {
      const other = translated[name];
      return [
        name,
        { name, ...value, ...other, example: other?.example ?? value.example },
      ] as const;
    });
    return new Map(named);
  });
}

/** Reads locales/<language>/placeholders.yaml: the names of placeholders.yaml, no more and no less. */
function readTranslation(
  folder: string,
  language: Language,
  english: Readonly<Record<string, unknown>>,
  problems: Problem[],
): Readonly<Record<string, { meaning: string; find: string; example?: string | undefined }>> {
  const file = `locales/${language}/placeholders.yaml`;
  const read = readOne(folder, file, placeholderOverlaySchema, problems);
  const translated = read?.value ?? {};
  for (const name of Object.keys(english)) {
    if (!translated[name]) problems.push({ file, line: 1, text: `${name} is missing` });
  }
  for (const name of Object.keys(translated)) {
    const line = read?.doc.line([name]) ?? 1;
    if (!english[name]) problems.push({ file, line, text: `${name} is not in placeholders.yaml` });
  }
  return translated;
}

/** What company.yaml says: how people reach the helpdesk, and the values of placeholders. */
export type Company = {
  telephone?: string | undefined;
  portal?: string | undefined;
  placeholders: Readonly<Record<string, string>>;
};

/** Reads company.yaml; its placeholders must be declared. */
export function readCompany(
  extra: string | undefined,
  declared: Placeholders,
  problems: Problem[],
): Company {
  const company =
    extra === undefined ? undefined : readOne(extra, "company.yaml", companySchema, problems);
  if (!company) return { placeholders: {} };
  const { doc, value } = company;
  for (const name of Object.keys(value.placeholders)) {
    if (!declared.en.has(name))
      problems.push({
        file: doc.file,
        line: doc.line(["placeholders", name]),
        text: `${name} is no placeholder: placeholders.yaml does not declare it`,
      });
  }
  return value;
}

function readOne<T>(
  root: string,
  name: string,
  schema: z.ZodType<T>,
  problems: Problem[],
): { doc: Doc; value: T } | undefined {
  const found = readOptional(root, name);
  problems.push(...found.problems);
  if (!found.file) return undefined;
  const yaml = readYaml(found.file.name, found.file.bytes);
  problems.push(...yaml.problems);
  if (!yaml.doc) return undefined;
  const checked = check(yaml.doc, schema);
  problems.push(...checked.problems);
  return checked.value === undefined ? undefined : { doc: yaml.doc, value: checked.value };
}
