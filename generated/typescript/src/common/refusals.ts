// Part of every package that `knobsmith generate` writes; do not edit.
/** The wording of findings about single values: what must hold, what does not, and what to do. */

import { brokenFacts, fall, isList, repeated } from "./domains.js";
import type { Domain, Value } from "./facts.js";
import { isUnicode, lengthOf } from "./texts.js";
import type { Refusal } from "./values.js";
import { domainInWords, listed, nearest, plain, quoted } from "./wording.js";

/** What must hold and what does not; and what to do about it. */
export type Message = readonly [message: string, help: string | null];

const KINDS = {
  integer: "an integer",
  number: "a number",
  boolean: "true or false",
  string: "a string",
  list: "a list",
} as const;
const SPELLINGS: Readonly<Record<string, string>> = {
  integer: "write digits only, such as `32`, at most 2^53 - 1",
  number: "write it as JSON does, such as `0.5` or `1e-7`",
  comma: "write it like `1,2`",
  space: "write it like `1 2`",
  tuple: "write it like `(1, 2)`",
  json: "write it as JSON does, such as `[1, 2]`",
};
const UNQUOTED: Readonly<Record<string, string>> = {
  integer: "write an integer without quotes, such as `32`",
  number: "write a number without quotes, such as `0.5`",
  boolean: "write true or false without quotes",
  list: "write a list without quotes, such as `[1, 2]`",
};

/** Why input is no value of the wanted kind. */
export function refused(about: string, refusal: Refusal): Message {
  const { domain, wire, raw, places, isWire } = refusal;
  const subject = places.reduce((named, place) => `item ${String(place)} of ${named}`, about);
  if (isWire && typeof raw !== "string") return [`${subject} must be a text, but is ${described(raw)}`, asText(refusal)];
  const isBoolean = typeof wire === "object" && domain.kind === "boolean";
  const wanted = isBoolean ? `\`${wire[0]}\` or \`${wire[1]}\`` : KINDS[domain.kind];
  const words = (domain.special ?? []).flatMap(({ word }) => (word === undefined ? [] : [quoted(word)]));
  const help = typeof raw === "string" && isUnicode(raw) ? spelling(refusal) : null;
  return [`${subject} must be ${listed([wanted, ...words])}, but is ${described(raw)}`, help];
}

/** How to write what a text does not stand for, or is instead. */
function spelling({ domain, wire, places, isWire }: Refusal): string | null {
  if (isWire) return SPELLINGS[typeof wire === "string" ? wire : domain.kind] ?? null;
  const help = UNQUOTED[domain.kind] ?? null;
  // A list of values may itself stand in a text.
  return help === null || places.length > 0 ? help : `${help}; texts are judged in wire form`;
}

/** What to do about a value where only texts are taken. */
function asText({ domain, wire, raw }: Refusal): string {
  if (raw === null) return "leave it out";
  let help = "write it in quotes";
  if (typeof wire === "string") {
    help = `${SPELLINGS[wire] ?? ""}, in quotes`;
  } else if (wire && domain.kind === "boolean") {
    help = `write \`${wire[0]}\` or \`${wire[1]}\`, in quotes`;
  }
  return `${help}; other values are judged in native form`;
}

/** What something is, to follow "but is". */
export function described(value: unknown): string {
  switch (typeof value) {
    case "boolean":
      return `the boolean ${quoted(value)}`;
    case "string":
      return isUnicode(value) ? `the text ${quoted(value)}` : "a text with half a character (a lone surrogate)";
    case "number":
      if (!Number.isFinite(value)) return "no finite number";
      return Number.isInteger(value) && !Number.isSafeInteger(value) ? "an integer beyond 2^53 - 1" : String(value);
    case "object":
      return value === null ? "null" : isList(value) ? "a list" : "a mapping";
    default:
      return `of type ${typeof value}`;
  }
}

/** How a value breaks the fact with this key. */
export function broken(subject: string, domain: Domain, code: string, value: Value): Message {
  switch (code) {
    case "length":
      return [wrongLength(subject, domain, value), null];
    case "items":
      return wrongItem(subject, domain, value);
    case "unique":
      return [`the items of ${subject} must differ, but ${quoted(isList(value) ? repeated(value) : value)} stands twice`, null];
    case "increasing": {
      const [before, after] = (isList(value) && fall(value)) || [undefined, undefined];
      return [`the items of ${subject} must increase, but ${quoted(before)} is followed by ${quoted(after)}`, null];
    }
  }
  const message = `${subject} must be ${domainInWords(domain)}, but is ${quoted(value)}`;
  if (code === "multiple_of" && domain.multipleOf !== undefined) {
    // Beside the largest integer stands one that no number is.
    const [exact, divisor] = [BigInt(value as number), BigInt(domain.multipleOf)];
    const below = exact - (((exact % divisor) + divisor) % divisor);
    return [message, `the nearest are ${String(below)} and ${String(below + divisor)}`];
  }
  if (code === "values" && typeof value === "string") {
    return [message, nearest(value, (domain.values ?? []).map((choice) => plain(choice.value)))];
  }
  return [message, null];
}

function wrongLength(subject: string, { fields, length }: Domain, value: Value): string {
  const [unit, count] = isList(value) ? ["items", value.length] : ["characters", lengthOf(String(value))];
  if (fields && count !== fields.length) {
    return `${subject} must have ${String(fields.length)} ${unit} (${fields.join(", ")}), but has ${String(count)}`;
  }
  return `the number of ${unit} of ${subject} must be in ${length?.text ?? "[0, inf)"}, but is ${String(count)}`;
}

function wrongItem(subject: string, { items }: Domain, value: Value): Message {
  for (const [place, item] of isList(value) && items ? value.entries() : []) {
    const [code] = items ? brokenFacts(items, item) : [];
    if (items && code !== undefined) return broken(`item ${String(place + 1)} of ${subject}`, items, code, item);
  }
  return [`the items of ${subject} are not valid`, null];
}
