import { readFileSync } from "node:fs";
import { evaluate, type Macro } from "./expression.ts";
import {
  classify,
  type Fact,
  filesBelow,
  type HeaderRule,
  hresultName,
  notCodes,
  type Unread,
} from "./fact.ts";

/** Facts of the winapi crate: `pub const NAME: TYPE = VALUE;`, one file a header; an unreadable file is left out whole. */
export function rustFacts(root: string, name: string, rules: HeaderRule[]) {
  const facts: Fact[] = [];
  const unread: Unread[] = [];
  const files = [...filesBelow(root)].flatMap(([file, path]) => {
    const rule = rules.find((r) => r.header === file.replace(/\.rs$/, ".h"));
    return rule && file.endsWith(".rs") ? [{ file, rule, constants: rustConstants(path) }] : [];
  });
  const lookup = (symbol: string) =>
    files.find((f) => f.constants.has(symbol))?.constants.get(symbol);
  for (const { file, rule, constants } of files) {
    const read = [...constants]
      .filter(([symbol]) => (rule.names ?? hresultName).test(symbol) && !notCodes.test(symbol))
      .map(([symbol, constant]) => {
        const value = evaluate(constant.body, (m) => constants.get(m) ?? lookup(m));
        return { symbol, constant, value };
      });
    const failed = read.filter(({ value }) => value === undefined);
    for (const { symbol, constant } of failed) {
      const text = `${symbol} ${constant.body}`;
      unread.push({ source: `${name}:${file}`, line: constant.line, text });
    }
    if (failed.length > 0) continue;
    for (const { symbol, constant, value } of read) {
      const fact = classify(symbol, value as number, rule, constant.type === "HRESULT");
      if (fact) facts.push({ ...fact, source: `${name}:${file}` });
    }
  }
  return { facts, unread };
}

function rustConstants(path: string): Map<string, Macro & { line: number; type: string }> {
  const constants = new Map<string, Macro & { line: number; type: string }>();
  readFileSync(path, "utf8")
    .split("\n")
    .forEach((text, index) => {
      const [, symbol, type, value] = /^pub const (\w+): (\w+) = (.+);\s*$/.exec(text) ?? [];
      if (!symbol || !type || !value) return;
      const body = value.replace(/ as \w+/g, "").replace(/\b(?:_HRESULT_TYPEDEF_|HRESULT)!/, "");
      constants.set(symbol, { parameters: undefined, body, line: index + 1, type });
    });
  return constants;
}
