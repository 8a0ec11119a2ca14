import type { Block, Card } from "../../src/card.ts";

/** How much of a card is shown: `away` are folds whose content is fetched by a button, `cut` says that blocks are missing. */
export type Fitted = { card: Card; away: ReadonlySet<Block>; cut: boolean };

/**
 * Renders the largest part of a card that has `limit` bytes of JSON at most: folds give their place to a button first,
 * the last one before the others; then blocks go from the end (a list loses its last items first), then buttons.
 */
export function fit<Rendered>(
  card: Card,
  render: (fitted: Fitted) => Rendered,
  limit: number,
): Rendered {
  let { blocks, buttons } = card;
  const folds = blocks.filter((block) => block.type === "fold");
  const away = new Set<Block>();
  for (;;) {
    const cut = blocks !== card.blocks;
    const rendered = render({ card: { ...card, blocks, buttons }, away, cut });
    const isBare = blocks.length === 0 && buttons.length === 0;
    if (isBare || Buffer.byteLength(JSON.stringify(rendered)) <= limit) return rendered;
    const fold = folds.pop();
    if (fold) away.add(fold);
    else if (blocks.length > 0) blocks = shorter(blocks);
    else buttons = buttons.slice(0, -1);
  }
}

function shorter(blocks: Block[]): Block[] {
  const rest = blocks.slice(0, -1);
  const last = blocks.at(-1);
  if (last?.type !== "list" || last.items.length < 2) return rest;
  const kept = Math.floor(last.items.length * 0.75);
  return [...rest, { ...last, items: last.items.slice(0, kept) }];
}
