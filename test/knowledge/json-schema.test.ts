import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { jsonSchemas } from "../../knowledge/json-schema.ts";

test.each(Object.entries(jsonSchemas))("%s is what npm run schema writes", (name, text) => {
  const file = new URL(`../../knowledge/${name}`, import.meta.url);
  expect(readFileSync(file, "utf8")).toBe(text);
  expect(Object.keys(JSON.parse(text).properties)).toContain("causes");
});
