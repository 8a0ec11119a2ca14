import { readFileSync } from "node:fs";
import type { Macro } from "./expression.ts";
import {
  classify,
  type Fact,
  filesBelow,
  type HeaderRule,
  hresultName,
  notCodes,
  type Unread,
} from "./fact.ts";
import { constantsOf, type Header, parseHeader } from "./header.ts";

/**
 * Facts of the C headers below a folder. A header with an unreadable line is left out as a whole, and its lines are
 * reported.
 */
export function headerFacts(root: string, name: string, rules: HeaderRule[]) {
  const files = filesBelow(root);
  const known = new Map<string, Macro>();
  const headers = new Map<string, Header>();
  for (const header of [
    "winerror.h",
    "winnt.h",
    "wininet.h",
    "mapidefs.h",
    ...rules.map((r) => r.header),
  ]) {
    const path = files.get(header);
    if (!path || headers.has(header)) continue;
    const parsed = parseHeader(decode(readFileSync(path)), (macro) => known.get(macro));
    headers.set(header, parsed);
    for (const [symbol, macro] of parsed.macros) if (!known.has(symbol)) known.set(symbol, macro);
  }
  const facts: Fact[] = [];
  const unread: Unread[] = [];
  for (const rule of rules) {
    const header = headers.get(rule.header);
    if (!header) continue;
    const found = constantsOf(header, rule.names ?? hresultName, (macro) => known.get(macro));
    const failed = found.unread.filter((u) => !notCodes.test(u.symbol));
    for (const { line, symbol, text } of failed) {
      unread.push({ source: `${name}:${rule.header}`, line, text: `${symbol} ${text}` });
    }
    if (failed.length > 0) continue;
    for (const constant of found.constants) {
      const fact = classify(constant.symbol, constant.value, rule, constant.typed === "HRESULT");
      if (fact) facts.push({ ...fact, source: `${name}:${rule.header}` });
    }
  }
  return { facts, unread };
}

function decode(bytes: Buffer): string {
  return bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf16le" : "latin1");
}
