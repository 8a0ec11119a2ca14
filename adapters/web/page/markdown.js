/**
 * The Markdown that Teams runs in a text of an Adaptive Card, as HTML: bold, italic, links, lists, paragraphs, and
 * backslashes that take a sign literally. Everything else is escaped.
 * @param {string} text
 */
export function renderMarkdown(text) {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => renderParagraph(paragraph.split(/\r?\n|\r/)))
    .join("");
}

/** @param {string[]} lines */
function renderParagraph(lines) {
  if (lines.every((line) => /^\s*[-*+] /.test(line)))
    return `<ul>${items(lines, /^\s*[-*+] /)}</ul>`;
  if (lines.every((line) => /^\s*\d+\. /.test(line)))
    return `<ol>${items(lines, /^\s*\d+\. /)}</ol>`;
  return `<p>${lines.map(renderLine).join("<br>")}</p>`;
}

/**
 * @param {string[]} lines
 * @param {RegExp} mark
 */
function items(lines, mark) {
  return lines.map((line) => `<li>${renderLine(line.replace(mark, ""))}</li>`).join("");
}

/** @param {string} line */
function renderLine(line) {
  /** @type {string[]} */
  const literal = [];
  const kept = line.replaceAll("\uFFFC", "").replace(/\\([\\`*_[\]()#+\-!~|>.{}])/g, (_, sign) => {
    literal.push(sign);
    return `\uFFFC${literal.length - 1};`;
  });
  return escapeHtml(kept)
    .replace(
      /\[([^\]]+)\]\((https:\/\/[^\s)]+)\)/g,
      '<a href="$2" target="_blank" rel="noopener noreferrer">$1</a>',
    )
    .replace(/\*\*([^*]+)\*\*/g, "<strong>$1</strong>")
    .replace(/(^|\W)[*_]([^*_]+)[*_](?=\W|$)/g, "$1<em>$2</em>")
    .replace(/\uFFFC(\d+);/g, (_, i) => escapeHtml(literal[Number(i)] ?? ""));
}

/** @param {string} text */
function escapeHtml(text) {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
