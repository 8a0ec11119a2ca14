import { crc32, deflateSync } from "node:zlib";

type Rgb = readonly [red: number, green: number, blue: number];
type Point = readonly [x: number, y: number];

/**
 * Hexdesk's sign, a check mark in a hexagon, as PNG bytes: white on `background`, or on nothing. `margin` is the part of
 * the width that stays free on each side. Teams wants 192 pixels in colour and 32 pixels white on transparent.
 */
export function drawIcon(size: number, margin: number, background?: Rgb): Uint8Array {
  const rows: Buffer[] = [];
  for (let y = 0; y < size; y++) {
    const row = Buffer.alloc(1 + size * 4);
    for (let x = 0; x < size; x++) {
      const part = coverage(x, y, size, margin);
      const pixel = background
        ? [...background.map((value) => Math.round(value + (255 - value) * part)), 255]
        : [255, 255, 255, Math.round(255 * part)];
      row.set(pixel, 1 + x * 4);
    }
    rows.push(row);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

const SAMPLES = 4;
const STROKE = 0.17;
const CHECK: readonly Point[] = [
  [-0.4, 0.02],
  [-0.1, 0.32],
  [0.42, -0.26],
];

/** How much of a pixel the sign covers, 0 to 1; the sign lives in a circle of radius 1. */
function coverage(x: number, y: number, size: number, margin: number): number {
  const scale = (size / 2) * (1 - 2 * margin);
  let inside = 0;
  for (let i = 0; i < SAMPLES; i++) {
    for (let j = 0; j < SAMPLES; j++) {
      const px = (x + (i + 0.5) / SAMPLES - size / 2) / scale;
      const py = (y + (j + 0.5) / SAMPLES - size / 2) / scale;
      if (isOnSign([px, py])) inside += 1;
    }
  }
  return inside / SAMPLES ** 2;
}

function isOnSign(point: Point): boolean {
  const [x, y] = [Math.abs(point[0]), Math.abs(point[1])];
  const edge = Math.max(x, x / 2 + (y * Math.sqrt(3)) / 2) / (Math.sqrt(3) / 2);
  if (edge <= 1 && edge >= 1 - STROKE) return true;
  return CHECK.slice(1).some((end, i) => distance(point, CHECK[i] ?? end, end) <= STROKE / 2);
}

function distance([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  const along = length === 0 ? 0 : ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length;
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
