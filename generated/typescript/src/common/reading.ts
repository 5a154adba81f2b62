// Part of every package that `knobsmith generate` writes; do not edit.
/**
 * Phases 1 to 3: names, reading, constant facts.
 *
 * The readers of an algorithm decide the usual case: known names, values in the domain, nothing to be said. Everything
 * else is read here, with care.
 */

import { brokenFacts, choiceOf, hasMeaning, isList, same } from "./domains.js";
import type { Domain, FactLaw, ParameterLaw, Value } from "./facts.js";
import { DOMAIN, type Laws, NAMES, type Place, READING, type Read, State, UNKNOWN, type Unknown } from "./state.js";
import { partsOf, readNative, readText, Refusal } from "./values.js";

type Entries = Readonly<Record<string, unknown>>;

/** What a configuration and a context say: `row` is that of the readers, undefined where these do not decide. */
export function read(laws: Laws, row: readonly Read[] | undefined, config: unknown, context: unknown, isWire: boolean): State {
  const facts = context === undefined || context === null ? undefined : context;
  if (row && facts === undefined) return new State(laws, row, laws.assumed);
  return new Reading(laws, isWire).state(row, config, facts);
}

/**
 * Whether a row holds what an object does, no more and no less: no key is unknown, no reader has refused a value, and
 * none has found one that is inherited or hidden.
 */
export function isWhole({ places }: Laws, row: readonly Read[], config: object): boolean {
  let found = 0;
  for (const value of row) if (value !== undefined) found++;
  const keys = Object.keys(config);
  if (found !== keys.length || found === 0) return false;
  for (const key of keys) {
    const place = places.get(key);
    if (place === undefined || row[place] === undefined) return false;
  }
  return true;
}

/** Whether something may be a configuration. */
export function isMapping(config: unknown): config is Entries {
  return typeof config === "object" && config !== null && !Array.isArray(config);
}

/** The value under a key that every object inherits something under. */
export function own(config: Entries, key: string): unknown {
  return isOwn(config, key) ? config[key] : undefined;
}

function isOwn(config: Entries, key: string): boolean {
  return Object.prototype.propertyIsEnumerable.call(config, key);
}

/** A value about which there is nothing to say, else undefined. */
export function plainly<Kept>({ domain, wire }: FactLaw, input: unknown, isWire: boolean): Kept | undefined {
  if (input === undefined) return undefined;
  const value = isWire ? readText(domain, wire, input) : readNative(domain, input);
  if (value instanceof Refusal || withoutAliases(domain, value) !== value) return undefined;
  return brokenFacts(domain, value).length > 0 || remarks(domain, value).length > 0 ? undefined : (value as Kept);
}

/** The items of a text, each read at a glance; undefined if one of them is not to be. */
export function itemsOf<Item>(
  input: unknown,
  form: "comma" | "space" | "tuple",
  reader: (item: unknown) => Item | undefined,
): readonly Item[] | undefined {
  return typeof input === "string" ? itemsOfList(partsOf(form, input), reader) : undefined;
}

/** The same for a list. */
export function itemsOfList<Item>(
  input: unknown,
  reader: (item: unknown) => Item | undefined,
): readonly Item[] | undefined {
  if (!Array.isArray(input)) return undefined;
  const items: Item[] = [];
  for (const part of input as readonly unknown[]) {
    const item = reader(part);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return items;
}

class Reading {
  readonly #laws: Laws;
  readonly #isWire: boolean;
  readonly #state: State;
  readonly #row: Read[];
  readonly #context: (Value | Unknown)[];

  constructor(laws: Laws, isWire: boolean) {
    this.#laws = laws;
    this.#isWire = isWire;
    this.#row = laws.parameters.map(() => undefined);
    this.#context = [...laws.assumed];
    this.#state = new State(laws, this.#row, this.#context);
  }

  state(row: readonly Read[] | undefined, config: unknown, context: unknown): State {
    const state = this.#state;
    if (!isEntries(config)) {
      state.find(NAMES, "type", "", "error", config);
    } else if (row) {
      for (const [place, value] of row.entries()) this.#row[place] = value;
    } else {
      this.#config(config);
    }
    if (isEntries(context)) {
      this.#facts(context);
    } else if (context !== undefined) {
      state.find(NAMES, "type", "context", "error", context);
    }
    return state;
  }

  #config(config: Entries): void {
    const { names } = this.#laws;
    for (const key of Object.keys(config)) {
      const place = names.get(key);
      if (config[key] === undefined) continue;
      if (place === undefined) {
        this.#state.find(NAMES, "unknown", key);
      } else {
        this.#parameter(config, key, place, this.#laws.parameter(place));
      }
    }
  }

  #parameter(config: Entries, key: string, place: Place, law: ParameterLaw): void {
    const state = this.#state;
    if (law.aliases && this.#isGivenTwice(config, place, law.name, law.aliases)) return;
    if (key !== law.name) state.find(NAMES, "alias", place, "warning", key);
    const given = config[key];
    if (given !== null || this.#isWire) {
      this.#row[place] = this.#value(place, law, given);
    } else if (law.required || law.default !== undefined || law.computed !== undefined) {
      state.find(READING, "type", place);
      this.#fail(place, null);
      this.#row[place] = UNKNOWN;
    }
  }

  #isGivenTwice(config: Entries, place: Place, name: string, aliases: readonly string[]): boolean {
    const keys = [name, ...aliases].filter((key) => isOwn(config, key) && config[key] !== undefined);
    if (keys.length > 1 && this.#row[place] === undefined) {
      this.#state.find(NAMES, "alias-conflict", place, "error", keys);
      this.#fail(place, null);
      this.#row[place] = UNKNOWN;
    }
    return keys.length > 1;
  }

  #facts(context: Entries): void {
    for (const key of Object.keys(context)) {
      const number = this.#laws.facts.get(key);
      const given = context[key];
      if (given === undefined) continue;
      if (number === undefined) {
        this.#state.find(NAMES, "unknown", `context.${key}`, "error", key);
      } else if (given !== null) {
        const place = -1 - number;
        this.#context[number] = this.#value(place, this.#laws.at(place), given);
      }
    }
  }

  /** The value that was meant; UNKNOWN if it is none, or not valid. */
  #value(place: Place, { domain, wire }: FactLaw, given: unknown): Value | Unknown {
    const state = this.#state;
    const value = this.#isWire ? readText(domain, wire, given) : readNative(domain, given);
    if (value instanceof Refusal) {
      state.find(READING, "type", place, "error", value);
      return this.#fail(place, null);
    }
    const meant = withoutAliases(domain, value);
    if (meant !== value) state.find(READING, "alias", place, "warning", [value, meant]);
    const broken = brokenFacts(domain, meant);
    for (const code of broken) state.find(DOMAIN, code, place, "error", meant);
    if (broken.length > 0) return this.#fail(place, meant);
    for (const code of remarks(domain, meant)) (state.noted ??= []).push({ place, code });
    return meant;
  }

  #fail(place: Place, shown: Value | null): Unknown {
    this.#state.fail(place);
    (this.#state.shown ??= new Map<Place, Value | null>()).set(place, shown);
    return UNKNOWN;
  }
}

/** Whether something names its values: an object, but no list, and none of those that keep them elsewhere. */
function isEntries(config: unknown): config is Entries {
  return isMapping(config) && !(Symbol.iterator in config);
}

/** A value with aliases of choices, its own and those of its items, replaced; the very same if there are none. */
function withoutAliases(domain: Domain, value: Value): Value {
  let meant = value;
  const { items } = domain;
  if (isList(value) && items) {
    const replaced = value.map((item) => withoutAliases(items, item));
    if (!same(replaced, value)) meant = replaced;
  }
  if (domain.values && !choiceOf(domain, meant)) {
    const choice = domain.values.find(({ aliases }) => aliases?.some((alias) => same(alias, meant)));
    if (choice) return choice.value;
  }
  return meant;
}

/** What is to be said of a valid value once it is known to be used. */
function remarks(domain: Domain, value: Value): readonly string[] {
  if (hasMeaning(domain, value)) return [];
  const { items } = domain;
  const found = new Set(isList(value) && items ? value.flatMap((item) => remarks(items, item)) : []);
  const choice = choiceOf(domain, value);
  if (choice?.deprecated) found.add("deprecated");
  if (domain.values && domain.open && !choice) found.add("open");
  return [...found];
}
