/** Values as text: numbers as in RFC 8785, which is how the language prints them; wire form; JSON. */

import { isList } from "./domains.js";
import type { Value, Wire } from "./facts.js";
import { type State, UNKNOWN } from "./state.js";
import { stripped } from "./texts.js";
import { TRUE_AND_FALSE } from "./values.js";

const SEPARATORS: Readonly<Record<string, string>> = { comma: ",", space: " ", tuple: ", " };

/**
 * A native value in wire form.
 *
 * @throws RangeError An item of a list cannot be written, as it holds the separator or would lose its spaces.
 */
export function wireText(wire: Wire | undefined, value: Value): string {
  if (typeof value === "boolean") {
    const [whenTrue, whenFalse] = typeof wire === "object" ? wire : TRUE_AND_FALSE;
    return value ? whenTrue : whenFalse;
  }
  if (!isList(value)) return String(value);
  return wire === "json" ? JSON.stringify(value) : separated(String(wire), value);
}

function separated(form: string, items: readonly Value[]): string {
  const separator = SEPARATORS[form] ?? ",";
  const texts = items.map((item) => wireText(undefined, item));
  for (const text of texts) {
    if (text === "" || text !== stripped(text) || text.includes(separator.charAt(0))) {
      throw new RangeError(`a list in ${form} form cannot hold the item ${JSON.stringify(text)}`);
    }
  }
  const joined = texts.join(separator);
  return form === "tuple" ? `(${joined})` : joined;
}

/** The wire form of a valid configuration, in the order of the documentation. */
export function wireTexts(state: State, defaults: boolean): Record<string, string> {
  const texts: [string, string][] = [];
  for (const [place, { name, wire }] of state.laws.parameters.entries()) {
    let value: unknown = state.isGiven(place) ? state.given(place) : undefined;
    if (value === undefined && defaults && state.whyUnused(place) === undefined) value = state.defaultOf(place);
    if (value !== undefined && value !== null && value !== UNKNOWN) texts.push([name, wireText(wire, value as Value)]);
  }
  return Object.fromEntries(texts);
}
