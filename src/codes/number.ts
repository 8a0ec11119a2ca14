/** How a number was written; see DESIGN 5. `short` is two to seven hexadecimal digits without 0x. */
export type Notation = "hex" | "hex8" | "bare8" | "neg" | "dec" | "short";

/** A number as written, its unsigned 32-bit value, and how many digits it has; or a number of 7 or 9 digits after 0x. */
export type Written =
  | { notation: Notation; value: number; digits: number }
  | { notation: "malformed"; hex: string };

/** Reads one run of letters, digits and underscores as a number; undefined when it is none, or no 32-bit one. */
export function readNumber(run: string): Written | undefined {
  if (run.length > 40) return undefined;
  if (/^[0oO][xX]/.test(run)) return prefixed(run.slice(2));
  if (/^[hH][0-9a-fA-F]{1,8}$/.test(run)) return undefined;
  if (/^\d+$/.test(run)) return digitsOnly(run);
  if (/^[0-9a-fA-FoO]{8}[lLuU]{0,2}$/.test(run) && /\d/.test(run)) {
    const hex = run.slice(0, 8).replace(/[oO]/g, "0");
    return { notation: "bare8", value: Number.parseInt(hex, 16), digits: 8 };
  }
  if (/^\d[0-9a-fA-F]{0,7}[hH]$/.test(run)) return hexadecimal(run.slice(0, -1));
  if (/^[0-9A-F]{2,7}$|^(?=.*\d)[0-9a-f]{2,7}$/.test(run)) {
    return { notation: "short", value: Number.parseInt(run, 16), digits: run.length };
  }
  return undefined;
}

/** The values that a malformed number may have meant: one 0 more before its last digit, or one digit less. */
export function repairs(hex: string): number[] {
  const found = new Set<number>();
  if (hex.length === 7) {
    for (let i = 0; i < 7; i++)
      found.add(Number.parseInt(`${hex.slice(0, i)}0${hex.slice(i)}`, 16));
  } else {
    for (let i = 0; i < 9; i++) found.add(Number.parseInt(hex.slice(0, i) + hex.slice(i + 1), 16));
  }
  return [...found];
}

function prefixed(rest: string): Written | undefined {
  if (/^[0-9a-fA-F]+$/.test(rest)) return hexadecimal(rest);
  const hex = rest
    .replace(/_/g, "")
    .replace(/[lLuU]{1,3}$/, "")
    .replace(/[oO]/g, "0");
  if (!/^[0-9a-fA-F]+$/.test(hex)) return undefined;
  return hexadecimal(hex);
}

function hexadecimal(hex: string): Written | undefined {
  const n = hex.length;
  if ((n === 7 && hex[0] !== "0") || n === 9) return { notation: "malformed", hex };
  if (n <= 8)
    return { notation: n === 8 ? "hex8" : "hex", value: Number.parseInt(hex, 16), digits: n };
  if (n !== 16 || !/^(?:0{8}|[fF]{8})/.test(hex)) return undefined;
  return { notation: "hex8", value: Number.parseInt(hex.slice(8), 16), digits: 8 };
}

function digitsOnly(run: string): Written | undefined {
  if (run.length === 8 && /^[089]/.test(run)) {
    return { notation: "bare8", value: Number.parseInt(run, 16), digits: 8 };
  }
  if (run.length > 20) return undefined;
  const big = BigInt(run);
  if (big <= 0xffffffffn) return { notation: "dec", value: Number(big), digits: run.length };
  const extended = big >= 0xffffffff00000000n && big <= 0xffffffffffffffffn;
  if (!extended) return undefined;
  return { notation: "dec", value: Number(big & 0xffffffffn), digits: run.length };
}
