/** The first `longest` characters of a text; `whole` is how many it has where that is not all of them. */
export function shorten(text: string, longest: number): { text: string; whole?: number } {
  if (text.length <= longest) return { text };
  const characters = [...text];
  if (characters.length <= longest) return { text };
  return { text: characters.slice(0, longest).join(""), whole: characters.length };
}
