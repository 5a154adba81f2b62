/** What is known of one configuration while it is judged, and afterwards by its verdict. */

import type { FactLaw, ParameterLaw, Rule, Severity, Value } from "./facts.js";
import { frozen } from "./freezing.js";

/** What expressions read of a hyperparameter that failed or may be ignored, and of context that was not told. */
export const UNKNOWN: unique symbol = /* @__PURE__ */ Symbol("unknown");
export type Unknown = typeof UNKNOWN;

/** What there is to read: a value, nothing, or what is not known. */
export type Read = Value | Unknown | undefined;

/** Why a hyperparameter is not used, or may not be. */
export const IGNORED = 1;
export const MAYBE_NOT = 2;
export const FORBIDDEN = 3;
export type Unused = typeof IGNORED | typeof MAYBE_NOT | typeof FORBIDDEN;

/** Where a hyperparameter stands among all, from 0; or a fact of the job, from -1 downwards. */
export type Place = number;

/** The phases of validation. */
export const NAMES = 1;
export const READING = 2;
export const DOMAIN = 3;
export const EFFECT = 4;
export const PRESENCE = 5;
export const NARROWING = 6;
export const RULES = 7;
export const ADVICE = 8;

/** What validation needs to know of one algorithm. */
export class Laws {
  #places: ReadonlyMap<string, Place> | undefined;
  #names: ReadonlyMap<string, Place> | undefined;
  #facts: ReadonlyMap<string, number> | undefined;
  #defaults: readonly (Value | Unknown)[] | undefined;

  /**
   * @param name - The name of the algorithm.
   * @param parameters - What decides about hyperparameters, in the order of the documentation.
   * @param context - What decides about facts of the job.
   * @param rules - Constraints over several hyperparameters.
   * @param judge - Decides what is used, and judges it: the phases from the fourth on, the last one if it is asked for.
   */
  constructor(
    readonly name: string,
    readonly parameters: readonly ParameterLaw[],
    readonly context: readonly FactLaw[],
    readonly rules: readonly Rule[],
    readonly judge: (state: State, advising: boolean) => void,
  ) {
    // Defaults are handed out as they stand here.
    frozen(parameters);
    frozen(context);
  }

  /** The place of each name. */
  get places(): ReadonlyMap<string, Place> {
    this.#places ??= new Map(this.parameters.map(({ name }, place) => [name, place] as const));
    return this.#places;
  }

  /** The place of each name and alias. */
  get names(): ReadonlyMap<string, Place> {
    this.#names ??= new Map(
      this.parameters.flatMap(({ name, aliases = [] }, place) => [name, ...aliases].map((key) => [key, place] as const)),
    );
    return this.#names;
  }

  /** The number of each fact of the job. */
  get facts(): ReadonlyMap<string, number> {
    this.#facts ??= new Map(this.context.map(({ name }, number) => [name, number] as const));
    return this.#facts;
  }

  /** What is assumed of the job if nothing is told. */
  get assumed(): readonly (Value | Unknown)[] {
    this.#defaults ??= this.context.map((fact) => fact.default ?? UNKNOWN);
    return this.#defaults;
  }

  /** What decides about a hyperparameter or a fact of the job. */
  at(place: Place): ParameterLaw | FactLaw {
    const law = place < 0 ? this.context[-1 - place] : this.parameters[place];
    if (!law) throw new RangeError(`there is no place ${String(place)}`);
    return law;
  }

  /** What decides about a hyperparameter. */
  parameter(place: Place): ParameterLaw {
    return this.at(place);
  }

  /** What findings call a hyperparameter or a fact of the job. */
  nameOf(place: Place): string {
    return place < 0 ? `context.${this.at(place).name}` : this.at(place).name;
  }
}

/** Something found, in short: its message is worded when somebody asks. */
export interface Found {
  readonly phase: number;
  readonly code: string;
  readonly severity: Severity;
  /** The hyperparameter or fact; the number of the rule; the key that nobody knows. */
  readonly subject: number | string;
  /** What the wording needs beside the state. */
  readonly detail?: unknown;
}

/** One configuration on its way through the phases of validation. */
export class State {
  /** The defaults that hang on other hyperparameters, of those that are not given. */
  computed: Map<Place, Read> | undefined = undefined;
  /** The hyperparameters that are not used, or may not be, each followed by the reason. */
  unused: number[] = [];
  /** The hyperparameters and facts with an error. */
  failed: Set<Place> | undefined = undefined;
  /** What is shown of those that were given and cannot be used: the value as read, null if there is none. */
  shown: Map<Place, Value | null> | undefined = undefined;
  /** What is to be said of values at the end. */
  noted: { readonly place: Place; readonly code: string }[] | undefined = undefined;
  /** The findings so far. */
  found: Found[] | undefined = undefined;

  /**
   * @param laws - Those of the algorithm.
   * @param row - What was given, by place: the value as read, UNKNOWN if it has failed, undefined if it was not given.
   * @param context - What is known of the job.
   */
  constructor(
    readonly laws: Laws,
    readonly row: readonly Read[],
    readonly context: readonly (Value | Unknown)[],
  ) {}

  /** Note a finding. */
  find(phase: number, code: string, subject: number | string, severity: Severity = "error", detail?: unknown): void {
    (this.found ??= []).push({ phase, code, severity, subject, detail });
  }

  /** Note that a hyperparameter or a fact has an error. */
  fail(place: Place): void {
    (this.failed ??= new Set()).add(place);
  }

  hasFailed(place: Place): boolean {
    return this.failed !== undefined && this.failed.has(place);
  }

  /** Why a hyperparameter is not used, or may not be; undefined if it is. */
  whyUnused(place: Place): Unused | undefined {
    for (let at = 0; at < this.unused.length; at += 2) {
      if (this.unused[at] === place) return this.unused[at + 1] as Unused;
    }
    return undefined;
  }

  isGiven(place: Place): boolean {
    return this.row[place] !== undefined;
  }

  /** What was given as read; null if it could not be. */
  given(place: Place): Value | null {
    const read = this.row[place];
    return read === undefined || read === UNKNOWN ? (this.shown?.get(place) ?? null) : read;
  }

  /** The default of a hyperparameter: undefined for no value, UNKNOWN if that hangs on what is not known. */
  defaultOf(place: Place): Read {
    if (this.whyUnused(place) === FORBIDDEN) return undefined;
    return this.computed?.has(place) ? this.computed.get(place) : this.laws.parameter(place).default;
  }

  /** The value of a hyperparameter, given or by default. */
  valueOf(place: Place): Read {
    return this.isGiven(place) ? (this.given(place) ?? undefined) : this.defaultOf(place);
  }

  /** A state before the fourth phase, for the same configuration. */
  again(): State {
    const state = new State(this.laws, this.row, this.context);
    state.shown = this.shown;
    state.noted = this.noted;
    state.found = this.found?.filter(({ phase }) => phase <= DOMAIN);
    // Facts fail before the fourth phase only.
    for (const place of this.failed ?? []) if (place < 0 || this.row[place] === UNKNOWN) state.fail(place);
    return state;
  }
}
