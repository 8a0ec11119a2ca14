import type { z } from "zod";
import { check } from "./complaint.ts";
import type { Problem } from "./error.ts";
import { readOptional } from "./folder.ts";
import {
  companySchema,
  type Placeholder,
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
  const spanish = readOne(
    folder,
    "locales/es/placeholders.yaml",
    placeholderOverlaySchema,
    problems,
  );
  const translated = spanish?.value ?? {};
  for (const name of Object.keys(english)) {
    if (!translated[name])
      problems.push({ file: "locales/es/placeholders.yaml", line: 1, text: `${name} is missing` });
  }
  for (const name of Object.keys(translated)) {
    if (!english[name] && spanish)
      problems.push({
        file: spanish.doc.file,
        line: spanish.doc.line([name]),
        text: `${name} is not in placeholders.yaml`,
      });
  }
  const all = { ...english, ...own };
  const list = (
    pick: (name: string, value: Omit<Placeholder, "name">) => Omit<Placeholder, "name">,
  ) => new Map(Object.entries(all).map(([name, value]) => [name, { name, ...pick(name, value) }]));
  return {
    en: list((_, value) => value),
    es: list((name, value) => {
      const other = translated[name];
      return other ? { ...other, example: other.example ?? value.example } : value;
    }),
  };
}

/** Reads company.yaml: values for declared placeholders. */
export function readCompany(
  extra: string,
  declared: Placeholders,
  problems: Problem[],
): Readonly<Record<string, string>> {
  const company = readOne(extra, "company.yaml", companySchema, problems);
  if (!company) return {};
  const { doc, value } = company;
  for (const name of Object.keys(value.placeholders)) {
    if (!declared.en.has(name))
      problems.push({
        file: doc.file,
        line: doc.line(["placeholders", name]),
        text: `${name} is no placeholder: placeholders.yaml does not declare it`,
      });
  }
  return value.placeholders;
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
