import { evaluate, type Macro, type MacroLookup } from "./expression.ts";

/** A constant of a header. `typed` names the wrapper or cast around it (HRESULT, NTSTATUS), which tells its space. */
export type Constant = { symbol: string; value: number; typed: string | undefined };

/** A definition that should be a code and has no value; `line` is 1-based. */
export type UnreadMacro = { line: number; symbol: string; text: string };

/** The definitions of one header, in order; the first definition of a name wins, whatever `#if` stands around it. */
export type Header = { macros: Map<string, Macro & { line: number }>; enums: Map<string, number> };

/** Reads the macros and enum members of a C header or an .idl file (also inside `cpp_quote`). */
export function parseHeader(text: string, known: MacroLookup): Header {
  const macros: Header["macros"] = new Map();
  const clean = withoutComments(text);
  let line = 0;
  let joined = "";
  let start = 1;
  for (const raw of clean.split("\n")) {
    line++;
    if (joined === "") start = line;
    const part = joined + raw.trimEnd();
    if (part.endsWith("\\")) {
      joined = `${part.slice(0, -1)} `;
      continue;
    }
    joined = "";
    const macro = define(part);
    if (macro && !macros.has(macro.name)) macros.set(macro.name, { ...macro, line: start });
  }
  const lookup: MacroLookup = (name) => macros.get(name) ?? known(name);
  return { macros, enums: enumMembers(clean, lookup) };
}

/** The constants of a header whose name `wanted` accepts, and the wanted definitions that have no value. */
export function constantsOf(
  header: Header,
  wanted: RegExp,
  known: MacroLookup,
): { constants: Constant[]; unread: UnreadMacro[] } {
  const lookup: MacroLookup = (name) =>
    header.macros.get(name) ??
    (header.enums.has(name)
      ? { parameters: undefined, body: String(header.enums.get(name)) }
      : known(name));
  const constants: Constant[] = [];
  const unread: UnreadMacro[] = [];
  for (const [symbol, macro] of header.macros) {
    if (macro.parameters || macro.body === "" || !wanted.test(symbol)) continue;
    const value = evaluate(macro.body, lookup);
    if (value !== undefined) constants.push({ symbol, value, typed: typeOf(macro.body, lookup) });
    else if (!/["{;]|^\w*[a-z]\w*$|^_/.test(macro.body))
      unread.push({ line: macro.line, symbol, text: macro.body });
  }
  for (const [symbol, value] of header.enums) {
    if (!wanted.test(symbol) || header.macros.has(symbol)) continue;
    constants.push({ symbol, value: value >>> 0, typed: undefined });
  }
  return { constants, unread };
}

function define(line: string): ({ name: string } & Macro) | undefined {
  let text = line.trim();
  const quoted = /^cpp_quote\s*\(\s*"(.*)"\s*\)\s*;?$/.exec(text);
  if (quoted) text = (quoted[1] as string).replaceAll('\\"', '"').trim();
  const match = /^#\s*define\s+([A-Za-z_]\w*)(\([^)]*\))?(.*)$/.exec(text);
  if (!match) return undefined;
  const list = match[2];
  const parameters =
    list === undefined
      ? undefined
      : list
          .slice(1, -1)
          .split(",")
          .map((p) => p.trim());
  return { name: match[1] as string, parameters, body: (match[3] as string).trim() };
}

function withoutComments(text: string): string {
  return text.replaceAll("\r", "").replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (comment) => {
    return "\n".repeat(comment.split("\n").length - 1) || " ";
  });
}

function enumMembers(text: string, known: MacroLookup): Map<string, number> {
  const members = new Map<string, number>();
  const lookup: MacroLookup = (name) =>
    members.has(name) ? { parameters: undefined, body: String(members.get(name)) } : known(name);
  for (const block of text.matchAll(/\benum\b[^;{}()]*\{([^{}]*)\}/g)) {
    let next: number | undefined = 0;
    for (const part of (block[1] as string).replace(/^\s*#.*$/gm, "").split(/,(?![^(]*\))/)) {
      const member = /^\s*([A-Za-z_]\w*)\s*(?:=\s*([\s\S]+?))?\s*$/.exec(part);
      if (!member) continue;
      if (member[2] !== undefined) next = evaluate(member[2].replaceAll("\n", " "), lookup);
      if (next === undefined) continue;
      const name = member[1] as string;
      if (!members.has(name)) members.set(name, next >>> 0);
      next = (next + 1) >>> 0;
    }
  }
  return members;
}

function typeOf(body: string, lookup: MacroLookup): string | undefined {
  if (/_HRESULT_TYPEDEF_|MAKE_HRESULT|MAKE_SCODE|\(HRESULT\)|HRESULT_FROM_/.test(body))
    return "HRESULT";
  if (/\(NTSTATUS\)/.test(body)) return "NTSTATUS";
  const name = /^\(*\s*([A-Za-z_]\w*)/.exec(body)?.[1];
  const inner = name === undefined ? undefined : lookup(name);
  return inner && inner.body !== body ? typeOf(inner.body, () => undefined) : undefined;
}
