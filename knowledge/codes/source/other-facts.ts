import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { type Fact, filesBelow, notCodes, placed, type Unread } from "./fact.ts";

/**
 * Facts of golang.org/x/sys/windows/zerrors_windows.go. Names that begin with E_ are left out when typed as Win32: its
 * generator drops HRESULT_FROM_WIN32 (seen in 0.49.0, 2026-11-21).
 */
export function goFacts(file: string, name: string): { facts: Fact[]; unread: Unread[] } {
  const facts: Fact[] = [];
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const match =
      /^\s*(\w+)\s+(syscall\.Errno|Handle|NTStatus)\s+=\s+(0[xX][0-9a-fA-F]+|\d+)\s*$/.exec(line);
    if (!match) continue;
    const [, symbol = "", type, digits = ""] = match;
    if (notCodes.test(symbol) || (type === "syscall.Errno" && symbol.startsWith("E_"))) continue;
    const [component, header] = {
      "syscall.Errno": ["win32", "winerror.h"],
      Handle: ["hresult", "winerror.h"],
      NTStatus: ["ntstatus", "ntstatus.h"],
    }[type as "Handle"] as [string, string];
    facts.push({
      symbol,
      value: Number(digits) >>> 0,
      ...placed(component, Number(digits)),
      source: `${name}:${header}`,
      primary: true,
    });
  }
  return { facts, unread: [] };
}

/** Names of Microsoft's bug check reference: table rows `| 0x… | [**NAME**](…) |`; Markdown backslashes removed. */
export function bugCheckFacts(file: string, name: string): { facts: Fact[]; unread: Unread[] } {
  const facts: Fact[] = [];
  const unread: Unread[] = [];
  readFileSync(file, "utf8")
    .split("\n")
    .forEach((text, index) => {
      if (!/^\|\s*0x/i.test(text)) return;
      const plain = text.replace(/\]\([^)]*\)/g, "").replace(/[[\]*\\]/g, "");
      const match = /^\|\s*(0x[0-9a-fA-F]{1,8})\s*\|\s*(\w+)\s*\|/.exec(plain);
      if (!match) {
        unread.push({ source: `${name}:${basename(file)}`, line: index + 1, text });
        return;
      }
      const symbol = match[2] as string;
      facts.push({
        symbol,
        value: Number(match[1]),
        component: "bugcheck",
        family: "bugcheck",
        source: `${name}:${basename(file)}`,
        primary: true,
      });
    });
  return { facts, unread };
}

/** Symbol and value pairs that zigwin32 (MIT) states; used to confirm other sources only. */
export function zigPairs(root: string): Set<string> {
  const pairs = new Set<string>();
  const typed =
    /^\s*(?:pub const )?(\w+) = (?:@import\("[^"]*"\)\.typedConst\(\w+, )?(?:@as\([iu]\d+, )?(-?\d+)\)*[,;]\s*$/;
  for (const [file, path] of filesBelow(root)) {
    if (!file.endsWith(".zig")) continue;
    for (const line of readFileSync(path, "utf8").split("\n")) {
      const match = typed.exec(line);
      if (match) pairs.add(`${match[1]}=${Number(match[2]) >>> 0}`);
    }
  }
  return pairs;
}
