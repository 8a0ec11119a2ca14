/** A text made plain for scanning; `at(i)` gives the offset in the original of the plain text's position i. */
export type Plain = { text: string; at(index: number): number };

const accents = "AAAAAAACEEEEIIIIDNOOOOO*OUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty";
const entity = /&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#[xX][0-9a-fA-F]{1,5});/y;
const named: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

/**
 * Folds what people's programs do to a pasted code: full-width characters, zero-width and soft-hyphen characters inside a
 * number, typographic dashes, quotes and blanks, HTML entities, accents. Everything else that is not ASCII becomes "~".
 */
export function plain(text: string): Plain {
  if (!/[^\t\n\r -%'-~]/.test(text)) return { text, at: (index) => index };
  const parts: string[] = [];
  const offsets: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 38) {
      const decoded = entityAt(text, i);
      parts.push(decoded.text);
      for (let k = 0; k < decoded.text.length; k++) offsets.push(i);
      i += decoded.length - 1;
      continue;
    }
    const folded = code < 128 ? (text[i] as string) : foldChar(code);
    if (folded === "") continue;
    parts.push(folded);
    offsets.push(i);
  }
  const joined = parts.join("");
  return { text: joined, at: (index) => offsets[index] ?? text.length };
}

function entityAt(text: string, at: number): { text: string; length: number } {
  entity.lastIndex = at;
  const match = entity.exec(text);
  if (!match) return { text: "&", length: 1 };
  const name = match[0].slice(1, -1);
  const length = match[0].length;
  if (!name.startsWith("#")) return { text: named[name] as string, length };
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return { text: code < 128 ? String.fromCharCode(code) : foldChar(code), length };
}

/** One character or none for a code unit above ASCII. */
function foldChar(code: number): string {
  if (code === 0xad || code === 0xfeff || code === 0x2060) return "";
  if (code >= 0x200b && code <= 0x200f) return "";
  if (code >= 0x202a && code <= 0x202e) return "";
  if (code >= 0x300 && code <= 0x36f) return "";
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  if (code >= 0xc0 && code <= 0xff) return accents[code - 0xc0] as string;
  if (code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200a)) return " ";
  if (code === 0x202f || code === 0x2028 || code === 0x2029) return code === 0x202f ? " " : "\n";
  if ((code >= 0x2010 && code <= 0x2015) || code === 0x2212) return "-";
  if (code === 0x2018 || code === 0x2019) return "'";
  if (code === 0x201c || code === 0x201d || code === 0xab || code === 0xbb) return '"';
  return "~";
}
