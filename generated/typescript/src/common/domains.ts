// Part of every package that `knobsmith generate` writes; do not edit.
/** Which facts of a domain a value breaks. */

import type { Choice, Domain, Interval, Range, Special, Value } from "./facts.js";
import { lengthOf } from "./texts.js";

const PATTERNS = /* @__PURE__ */ new Map<string, RegExp>();

/** The keys of the constant facts that a value breaks, in their order. */
export function brokenFacts(domain: Domain, value: Value): readonly string[] {
  if (hasMeaning(domain, value)) return [];
  // A word that only the general facts know, not the case.
  if (typeof value === "string" && domain.kind !== "string") return ["values"];
  const broken: string[] = [];
  if (domain.values && !domain.open && !choiceOf(domain, value)) broken.push("values");
  if (domain.range && !inRange(domain.range, value)) broken.push("range");
  if (domain.multipleOf !== undefined && (value as number) % domain.multipleOf !== 0) broken.push("multiple_of");
  if (domain.pattern !== undefined && !patternOf(domain.pattern).test(value as string)) broken.push("pattern");
  if ((typeof value === "string" || isList(value)) && !hasRightLength(domain, value)) broken.push("length");
  return isList(value) ? [...broken, ...brokenByItems(domain, value)] : broken;
}

function brokenByItems(domain: Domain, items: readonly Value[]): string[] {
  const broken: string[] = [];
  const { items: inner } = domain;
  if (inner && items.some((item) => brokenFacts(inner, item).length > 0)) broken.push("items");
  if (domain.unique && repeated(items) !== undefined) broken.push("unique");
  if (domain.increasing && fall(items)) broken.push("increasing");
  return broken;
}

/** Whether two values are the same. */
export function same(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
  return left.every((item, place) => same(item, right[place]));
}

/** Whether a value is one of some. */
export function among(value: unknown, values: readonly unknown[]): boolean {
  return values.some((one) => same(one, value));
}

/** Whether a value is a list. */
export function isList(value: unknown): value is readonly Value[] {
  return Array.isArray(value);
}

function hasRightLength(domain: Domain, value: string | readonly Value[]): boolean {
  if (domain.fields && value.length !== domain.fields.length) return false;
  return !domain.length || inRange(domain.length, lengthOf(value));
}

/** The first item that stands in a list twice. */
export function repeated(items: readonly Value[]): Value | undefined {
  if (items.every((item) => !isList(item))) {
    const seen = new Set<Value>();
    return items.find((item) => seen.size === seen.add(item).size);
  }
  return items.find((item, place) => among(item, items.slice(0, place)));
}

/** The first number of a list that is not above the one before, after that one. */
export function fall(items: readonly Value[]): readonly [Value, Value] | undefined {
  const numbers = items.filter((item) => typeof item !== "string");
  for (const [place, right] of numbers.entries()) {
    const left = numbers[place - 1];
    if (left !== undefined && left >= right) return [left, right];
  }
  return undefined;
}

/** Whether a value is one of the special ones. */
export function hasMeaning(domain: Domain, value: Value): boolean {
  return domain.special?.some((special) => isSpecial(special, value)) ?? false;
}

function isSpecial({ interval, word, value: meant }: Special, value: Value): boolean {
  if (!interval) return same(word ?? meant, value);
  // An interval that ends at another hyperparameter is no constant fact, and says nothing here.
  const isNamed = typeof interval.lower === "string" || typeof interval.upper === "string";
  return !isNamed && typeof value === "number" && inInterval(interval, value);
}

/** The choice that a value of the domain's kind is, if it is one. */
export function choiceOf(domain: Domain, value: Value): Choice | undefined {
  return domain.values?.find((choice) => same(choice.value, value));
}

/** Whether a number lies in a range; ends that are names bind nothing here. */
export function inRange(range: Range, value: Value): boolean {
  return range.intervals.some((interval) => inInterval(interval, value as number));
}

function inInterval({ lower, upper, lowerClosed, upperClosed }: Interval, value: number): boolean {
  if (typeof lower === "number" && (value < lower || (value === lower && !lowerClosed))) return false;
  return typeof upper !== "number" || value < upper || (value === upper && upperClosed === true);
}

function patternOf(pattern: string): RegExp {
  let compiled = PATTERNS.get(pattern);
  if (!compiled) {
    compiled = new RegExp(pattern, "u");
    PATTERNS.set(pattern, compiled);
  }
  return compiled;
}
