// Part of every package that `knobsmith generate` writes; do not edit.
/** The names that were probably meant. */

const SHOWN = 3;
const ALIKE = 0.6;

/** The candidates that continue a name or are continued by it, else the three that are most alike. */
export function close(name: string, candidates: readonly string[]): readonly string[] {
  const wanted = name.toLowerCase();
  const continued = candidates.filter((candidate) => continues(candidate.toLowerCase(), wanted));
  if (continued.length > 0) return continued;
  const scores = [...new Map(candidates.map((candidate) => [candidate.toLowerCase(), candidate]))]
    .map(([folded, candidate]) => ({ folded, candidate, score: likeness(Array.from(folded), Array.from(wanted)) }))
    .filter(({ score }) => score >= ALIKE);
  scores.sort((left, right) => right.score - left.score || (left.folded < right.folded ? 1 : -1));
  return scores.slice(0, SHOWN).map(({ candidate }) => candidate);
}

/** Whether two texts are the same but for a few characters at the end of one. */
function continues(one: string, other: string): boolean {
  const [shorter, longer] = one.length < other.length ? [one, other] : [other, one];
  return shorter.length >= 3 && shorter.length >= longer.length - 3 && longer.startsWith(shorter);
}

/** The share of characters in blocks that two texts have in common, the longest block first. */
function likeness(left: readonly string[], right: readonly string[]): number {
  const total = left.length + right.length;
  if (total === 0) return 1;
  if ((2 * Math.min(left.length, right.length)) / total < ALIKE) return 0;
  return (2 * matched(left, right)) / total;
}

function matched(left: readonly string[], right: readonly string[]): number {
  const block = longest(left, right);
  if (block.size === 0) return 0;
  const before = matched(left.slice(0, block.left), right.slice(0, block.right));
  const after = matched(left.slice(block.left + block.size), right.slice(block.right + block.size));
  return before + block.size + after;
}

/** The longest block in common; of several the first. */
function longest(left: readonly string[], right: readonly string[]): { left: number; right: number; size: number } {
  let best = { left: 0, right: 0, size: 0 };
  let ending: number[] = [];
  for (const [at, character] of left.entries()) {
    const next: number[] = [];
    for (const [place, other] of right.entries()) {
      if (other !== character) continue;
      const size = (ending[place - 1] ?? 0) + 1;
      next[place] = size;
      if (size > best.size) best = { left: at - size + 1, right: place - size + 1, size };
    }
    ending = next;
  }
  return best;
}
