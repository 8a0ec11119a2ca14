const OURS =
  /^(HEXDESK|SLACK|TEAMS|MICROSOFTAPP|KNOWLEDGE_|HELPDESK_|HANDOVER_|DRAFTS_|RETENTION_|METRICS_|PLAYGROUND)/i;

/**
 * Warnings about names in the environment that nobody reads but that look like a setting of Hexdesk: one with its prefix,
 * in another case, or one or two letters away.
 */
export function findTypos(names: string[], known: readonly string[]): string[] {
  return names
    .filter((name) => !known.includes(name))
    .flatMap((name) => {
      const meant = known.find((each) => isNear(name, each));
      if (meant) return [`${name} is not a setting. Did you mean ${meant}?`];
      return OURS.test(name) ? [`${name} is not a setting of Hexdesk; it is ignored.`] : [];
    });
}

function isNear(name: string, known: string): boolean {
  if (name.toLowerCase() === known.toLowerCase()) return true;
  return known.length >= 8 && distance(name, known) <= 2;
}

/** Letters to add, take out or replace to come from `a` to `b`; 3 at most is told apart. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 3;
}
