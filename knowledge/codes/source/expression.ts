/** A macro of a C header: `parameters` is undefined for an object macro. */
export type Macro = { parameters: string[] | undefined; body: string };

/** Looks a macro up by name; undefined when no header defines it. */
export type MacroLookup = (name: string) => Macro | undefined;

/**
 * Value of a C constant expression as an unsigned 32-bit number, or undefined when it is not one (a string, a call, a type).
 * Type names in casts are never expanded: some header defines a macro of that name, which would erase the cast.
 */
export function evaluate(text: string, lookup: MacroLookup, depth = 0): number | undefined {
  const tokens = tokenize(text);
  if (tokens === undefined || tokens.length === 0 || depth > 24) return undefined;
  const state = { tokens, at: 0, lookup, depth };
  const value = or(state);
  return value === undefined || state.at !== tokens.length
    ? undefined
    : Number(BigInt.asUintN(32, value));
}

type State = { tokens: string[]; at: number; lookup: MacroLookup; depth: number };

const token = /\s*(0[xX][0-9a-fA-F]+|\d+|[A-Za-z_]\w*|<<|>>|##|[()|&+\-*/~,^])/y;
const suffix = /^(0[xX][0-9a-fA-F]+?|\d+)(?:[uUlL]+|[iI]64)?$/;
const typeWords = /^(?:unsigned|signed|long|int|short|char|const|struct|enum)$/;
const wrappers =
  /^(?:_HRESULT_TYPEDEF_|_ASF_HRESULT_TYPEDEF_|_NDIS_ERROR_TYPEDEF_|__MSABI_LONG|_WINERROR_LONG)$/;

function tokenize(text: string): string[] | undefined {
  const tokens: string[] = [];
  token.lastIndex = 0;
  let at = 0;
  while (at < text.length) {
    if (/^\s*$/.test(text.slice(at))) break;
    token.lastIndex = at;
    const match = token.exec(text);
    if (!match) return undefined;
    at = token.lastIndex;
    const literal = match[1] as string;
    const tail = /^\d/.test(literal)
      ? /^(?:[uU]?[lL]{0,2}|[lL]{1,2}[uU]|[iI]64)(?!\w)/.exec(text.slice(at))
      : null;
    if (tail) at += tail[0].length;
    else if (/^\d/.test(literal) && /^\w/.test(text.slice(at))) return undefined;
    tokens.push(literal);
  }
  return tokens;
}

function or(state: State): bigint | undefined {
  return chain(state, ["|", "^"], (s) => chain(s, ["&"], (t) => chain(t, ["<<", ">>"], sum)));
}

function sum(state: State): bigint | undefined {
  return chain(state, ["+", "-"], (s) => chain(s, ["*", "/"], unary));
}

function chain(
  state: State,
  operators: string[],
  next: (state: State) => bigint | undefined,
): bigint | undefined {
  let left = next(state);
  while (left !== undefined && operators.includes(state.tokens[state.at] ?? "")) {
    const operator = state.tokens[state.at++] as string;
    const right = next(state);
    if (right === undefined) return undefined;
    left = apply(operator, left, right);
  }
  return left;
}

function apply(operator: string, left: bigint, right: bigint): bigint {
  if (operator === "|") return left | right;
  if (operator === "^") return left ^ right;
  if (operator === "&") return left & right;
  if (operator === "<<") return right > 63n ? 0n : left << right;
  if (operator === ">>") return right > 63n ? 0n : left >> right;
  if (operator === "+") return left + right;
  if (operator === "-") return left - right;
  if (operator === "/") return right === 0n ? 0n : left / right;
  return left * right;
}

function unary(state: State): bigint | undefined {
  const word = state.tokens[state.at];
  if (word === undefined) return undefined;
  if (word === "-" || word === "~" || word === "+") {
    state.at++;
    const value = unary(state);
    if (value === undefined) return undefined;
    if (word === "-") return -value;
    return word === "~" ? BigInt.asUintN(32, ~value) : value;
  }
  if (word === "(") return castEnd(state) ?? group(state);
  if (/^\d/.test(word)) {
    state.at++;
    const digits = suffix.exec(word)?.[1];
    if (digits === undefined) return undefined;
    return BigInt(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits);
  }
  return /^[A-Za-z_]/.test(word) ? named(state, word) : undefined;
}

/** A cast `(NAME)` before an operand: skipped, unless NAME is a number itself. */
function castEnd(state: State): bigint | undefined {
  let end = state.at + 1;
  while (/^[A-Za-z_]/.test(state.tokens[end] ?? "") || state.tokens[end] === "*") end++;
  if (end === state.at + 1 || state.tokens[end] !== ")") return undefined;
  const after = state.tokens[end + 1];
  if (after === undefined || !/^[\w(~-]/.test(after)) return undefined;
  const first = state.tokens[state.at + 1] as string;
  const single = end === state.at + 2;
  if (single && !typeWords.test(first) && after === "-" && numberOf(state, first) !== undefined)
    return undefined;
  const mark = state.at;
  state.at = end + 1;
  const value = unary(state);
  if (value === undefined) state.at = mark;
  return value;
}

function group(state: State): bigint | undefined {
  state.at++;
  const value = or(state);
  if (value === undefined || state.tokens[state.at++] !== ")") return undefined;
  return value;
}

function numberOf(state: State, name: string): bigint | undefined {
  const macro = state.lookup(name);
  if (!macro || macro.parameters) return undefined;
  const value = evaluate(macro.body, state.lookup, state.depth + 1);
  return value === undefined ? undefined : BigInt(value);
}

function named(state: State, name: string): bigint | undefined {
  state.at++;
  const called = state.tokens[state.at] === "(";
  if (!called) return numberOf(state, name);
  const parts = callArguments(state);
  if (!parts) return undefined;
  if (wrappers.test(name)) return asBig(evaluate(parts[0] ?? "", state.lookup, state.depth + 1));
  if (/HRESULT_FROM_WIN32$/.test(name)) {
    const code = evaluate(parts[0] ?? "", state.lookup, state.depth + 1);
    if (code === undefined) return undefined;
    return BigInt(code === 0 || code > 0x7fffffff ? code : (code & 0xffff) + 0x80070000);
  }
  if (name === "HRESULT_FROM_SETUPAPI") {
    const code = evaluate(parts[0] ?? "", state.lookup, state.depth + 1);
    return code === undefined ? undefined : BigInt((code & 0xffff) + 0x800f0000);
  }
  const macro = state.lookup(name);
  if (!macro?.parameters || macro.parameters.length !== parts.length) return undefined;
  return asBig(evaluate(substitute(macro, parts), state.lookup, state.depth + 1));
}

function callArguments(state: State): string[] | undefined {
  const parts: string[] = [];
  let depth = 0;
  let current: string[] = [];
  for (; state.at < state.tokens.length; state.at++) {
    const word = state.tokens[state.at] as string;
    if (word === "(" && depth++ === 0) continue;
    if (word === ")" && --depth === 0) {
      state.at++;
      return [...parts, current.join(" ")];
    }
    if (word === "," && depth === 1) {
      parts.push(current.join(" "));
      current = [];
    } else current.push(word);
  }
  return undefined;
}

function substitute(macro: Macro, parts: string[]): string {
  const body = macro.body.replace(/[A-Za-z_]\w*/g, (word) => {
    const index = macro.parameters?.indexOf(word) ?? -1;
    return index < 0 ? word : (parts[index] as string);
  });
  return body.replace(/\s*##\s*/g, "");
}

function asBig(value: number | undefined): bigint | undefined {
  return value === undefined ? undefined : BigInt(value);
}
