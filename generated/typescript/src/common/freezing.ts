// Part of every package that `knobsmith generate` writes; do not edit.
/** What many share, and therefore nobody may change. */

/** A value that nobody can change any more, nor anything in it. */
export function frozen<Kept>(value: Kept): Kept {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}
