const WARM_UP_MS = 1500;

/** How long one call takes once the code is compiled: the median over all items and rounds, in microseconds. */
export function medianOf<T>(
  items: readonly T[],
  rounds: number,
  call: (item: T) => unknown,
): number {
  const warm = performance.now() + WARM_UP_MS;
  while (performance.now() < warm) for (const item of items) call(item);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const item of items) {
      const from = performance.now();
      call(item);
      times.push(performance.now() - from);
    }
  }
  times.sort((a, b) => a - b);
  return (times[times.length >> 1] ?? 0) * 1000;
}
