import type { Block, Card } from "../../src/card.ts";

/**
 * Renders the largest part of a card that has `limit` bytes of JSON at most: folds go first, the last one before the
 * others, then blocks from the end. `cut` tells the renderer that something is missing.
 */
export function fit<Rendered>(
  card: Card,
  render: (card: Card, cut: boolean) => Rendered,
  limit: number,
): Rendered {
  let blocks = card.blocks;
  let buttons = card.buttons;
  for (;;) {
    const cut = blocks !== card.blocks;
    const rendered = render({ ...card, blocks, buttons }, cut);
    const isDone = blocks.length === 0 && buttons.length === 0;
    if (isDone || Buffer.byteLength(JSON.stringify(rendered)) <= limit) return rendered;
    if (blocks.length > 0) blocks = withoutOne(blocks);
    else buttons = buttons.slice(0, -1);
  }
}

function withoutOne(blocks: Block[]): Block[] {
  const fold = blocks.findLastIndex((block) => block.type === "fold");
  return blocks.toSpliced(fold >= 0 ? fold : blocks.length - 1, 1);
}
