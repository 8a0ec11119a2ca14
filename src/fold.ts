const ASCII = /^[\0-\x7F]*$/;

/** Lower case without accents, apostrophes and punctuation, words parted by one blank: for comparing what people type. */
export function fold(text: string): string {
  if (ASCII.test(text)) {
    return text
      .toLowerCase()
      .replaceAll("'", "")
      .replace(/[^a-z0-9]+/g, " ")
      .trim();
  }
  return text
    .normalize("NFKD")
    .replace(/[\p{M}'’]+/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
