import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { overlaySchema } from "../src/knowledge/overlay.ts";
import { entrySchema } from "../src/knowledge/schema.ts";

/** The JSON Schemas by which an editor completes and checks entries and translations, by file name. */
export const jsonSchemas: Record<string, string> = {
  "entry.schema.json": schemaText("Hexdesk entry", entrySchema),
  "translation.schema.json": schemaText("Hexdesk translation", overlaySchema),
};

function schemaText(title: string, schema: z.ZodType): string {
  return `${JSON.stringify({ title, ...z.toJSONSchema(schema, { io: "input" }) }, null, 2)}\n`;
}

/** `npm run schema`: writes them anew after a change of the Zod schemas. */
if (import.meta.main) {
  for (const [name, text] of Object.entries(jsonSchemas)) {
    writeFileSync(join(import.meta.dirname, name), text);
  }
}
