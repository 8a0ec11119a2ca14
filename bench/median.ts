/** How long one call takes: the median over all items and rounds, in microseconds; one round before it warms up. */
export function medianOf<T>(
  items: readonly T[],
  rounds: number,
  call: (item: T) => unknown,
): number {
  for (const item of items) call(item);
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
