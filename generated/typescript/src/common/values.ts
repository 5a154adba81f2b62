// Part of every package that `knobsmith generate` writes; do not edit.
/** Text and native input as values of a domain's kind, with care; input that is none comes back as a refusal. */

import { isList } from "./domains.js";
import type { Domain, Value, Wire } from "./facts.js";
import { finite, integerOf, isUnicode, numberOf, safeInteger, stripped } from "./texts.js";

export const TRUE_AND_FALSE = ["true", "false"] as const;

/** Input that is no value of the wanted kind. */
export class Refusal {
  /**
   * @param domain - What it is not: a value of this domain.
   * @param wire - The wire form that it is not, of a boolean or a list; undefined for native input.
   * @param raw - The input; of a list, the item at fault.
   * @param places - Where that item stands, counted from 1, from the outer list inwards.
   * @param isWire - Whether a text was wanted that stands for a value, and not the value.
   */
  constructor(
    readonly domain: Domain,
    readonly wire: Wire | undefined,
    readonly raw: unknown,
    readonly places: readonly number[] = [],
    readonly isWire = false,
  ) {}
}

/** The value that a text in wire form stands for, or a refusal. */
export function readText(domain: Domain, wire: Wire | undefined, text: unknown): Value | Refusal {
  if (typeof text !== "string" || !isUnicode(text)) return new Refusal(domain, wire, text, [], true);
  if (isWord(domain, text) || domain.kind === "string") return text;
  const value = domain.kind === "list" ? readList(domain, wire, text) : readScalar(domain, wire, text);
  return value ?? new Refusal(domain, wire, text, [], true);
}

function readScalar(domain: Domain, wire: Wire | undefined, text: string): Value | undefined {
  if (domain.kind === "boolean") {
    const [whenTrue, whenFalse] = typeof wire === "object" ? wire : TRUE_AND_FALSE;
    return text === whenTrue ? true : text === whenFalse ? false : undefined;
  }
  return orNothing(domain.kind === "integer" ? integerOf(text) : numberOf(text));
}

function readList(domain: Domain, wire: Wire | undefined, text: string): Value | Refusal | undefined {
  if (wire === "json") {
    const parsed = parsedList(text);
    return parsed && readNative(domain, parsed);
  }
  const parts = partsOf(wire, text);
  const { items } = domain;
  return parts && items && gathered(parts, (part) => readText(items, TRUE_AND_FALSE, part));
}

/** The texts of the items; undefined if the text is no list in this form. */
export function partsOf(form: Wire | undefined, text: string): readonly string[] | undefined {
  if (form === "space") return text.split(" ").filter((part) => part !== "");
  let inside = text;
  if (form === "tuple") {
    if (text.length < 2 || !text.startsWith("(") || !text.endsWith(")")) return undefined;
    inside = text.slice(1, -1);
  }
  if (inside === "") return [];
  const parts = inside.split(",").map(stripped);
  return parts.includes("") ? undefined : parts;
}

function parsedList(text: string): readonly unknown[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** A native value as one of the domain's kind, or a refusal. */
export function readNative(domain: Domain, value: unknown): Value | Refusal {
  if (typeof value === "string" && isWord(domain, value)) return value;
  if (domain.kind === "list" && isList(value)) {
    const { items } = domain;
    return items ? gathered(value, (item) => readNative(items, item)) : value;
  }
  return asKind(domain, value) ?? new Refusal(domain, undefined, value);
}

/** The items as a list, or the first refusal among them. */
function gathered<Item>(items: readonly Item[], read: (item: Item) => Value | Refusal): Value | Refusal {
  const values: Value[] = [];
  // By number, so that a hole in a list is an item like any other.
  for (let place = 0; place < items.length; place++) {
    const value = read(items[place] as Item);
    if (value instanceof Refusal) {
      return new Refusal(value.domain, value.wire, value.raw, [place + 1, ...value.places], value.isWire);
    }
    values.push(value);
  }
  return values;
}

function asKind({ kind }: Domain, value: unknown): Value | undefined {
  switch (typeof value) {
    case "boolean":
      return kind === "boolean" ? value : undefined;
    case "string":
      return kind === "string" && isUnicode(value) ? value : undefined;
    default:
      return kind === "integer" ? orNothing(safeInteger(value)) : kind === "number" ? orNothing(finite(value)) : undefined;
  }
}

function orNothing(value: number): number | undefined {
  return value === value ? value : undefined;
}

function isWord(domain: Domain, text: string): boolean {
  return domain.special?.some(({ word }) => word === text) ?? false;
}
