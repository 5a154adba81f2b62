// Part of every package that `knobsmith generate` writes; do not edit.
/** The result of validating a configuration. */

import type { ParameterLaw, Value } from "./facts.js";
import { frozen } from "./freezing.js";
import {
  type Finding,
  InvalidHyperparameters,
  type Judged,
  type ParameterState,
  type Verdict,
  type VerdictData,
  type WireOptions,
} from "./findings.js";
import { findingsOf } from "./messages.js";
import { FORBIDDEN, IGNORED, MAYBE_NOT, type Place, type State, UNKNOWN } from "./state.js";
import { valuesRead } from "./wording.js";
import { wireTexts } from "./writing.js";

/** Judge what was read. */
export function verdictOf<Name extends string, Config, Values, Found extends Finding>(
  state: State,
): Verdict<Name, Config, Values, Found> {
  state.laws.judge(state, false);
  // What the class gives is what the type says: `given` and `values` by the names of the algorithm.
  return new Judgement(state) as unknown as Verdict<Name, Config, Values, Found>;
}

/**
 * The texts of a verdict.
 *
 * @throws InvalidHyperparameters The configuration is not valid.
 */
export function written(verdict: Verdict, options?: WireOptions): Record<string, string> {
  if (!verdict.valid) throw new InvalidHyperparameters(verdict);
  return verdict.toWire(options);
}

class Judgement implements Judged {
  readonly valid: boolean;
  readonly #state: State;
  #findings: readonly Finding[] | undefined = undefined;
  #parameters: Readonly<Record<string, ParameterState>> | undefined = undefined;

  constructor(state: State) {
    this.#state = state;
    this.valid = state.found === undefined || state.found.every(({ severity }) => severity !== "error");
  }

  get algorithm(): string {
    return this.#state.laws.name;
  }

  get findings(): readonly Finding[] {
    return (this.#findings ??= findingsOf(this.#state));
  }

  get parameters(): Readonly<Record<string, ParameterState>> {
    return (this.#parameters ??= byName(this.#state, (place, law) => stateOf(this.#state, place, law)));
  }

  get given(): Readonly<Record<string, Value | null>> {
    return byName(this.#state, (place) => (this.#state.isGiven(place) ? frozen(this.#state.given(place)) : undefined));
  }

  get values(): Readonly<Record<string, Value | null>> {
    return byName(this.#state, (place) => shownValue(this.#state, place));
  }

  toWire({ defaults = false }: WireOptions = {}): Record<string, string> {
    if (!this.valid) throw new InvalidHyperparameters(this);
    return wireTexts(this.#state, defaults);
  }

  toJSON(): VerdictData {
    const { algorithm, valid, findings, parameters } = this;
    return { algorithm, valid, findings, parameters };
  }
}

/** What is to be said of each hyperparameter, by name; `undefined` says nothing. No name is taken for another thing. */
function byName<Said>(state: State, say: (place: Place, law: ParameterLaw) => Said | undefined): Record<string, Said> {
  const entries: [string, Said][] = [];
  for (const [place, law] of state.laws.parameters.entries()) {
    const said = say(place, law);
    if (said !== undefined) entries.push([law.name, said]);
  }
  return Object.fromEntries(entries);
}

/** The value of a hyperparameter as others may keep it: null if there is none, or none that is known. */
function shownValue(state: State, place: Place): Value | null {
  const value = state.valueOf(place);
  return value === UNKNOWN ? null : (frozen(value) ?? null);
}

function stateOf(state: State, place: Place, law: ParameterLaw): ParameterState {
  const origin = state.isGiven(place) ? "given" : state.valueOf(place) === undefined ? "unset" : "default";
  const why = state.whyUnused(place);
  return {
    state: origin,
    used: why === undefined || why === MAYBE_NOT,
    reason: reasonOf(state, place, law),
    value: shownValue(state, place),
  };
}

/** Why a hyperparameter is not used or not judged; null if it is both. */
function reasonOf(state: State, place: Place, law: ParameterLaw): string | null {
  const why = state.whyUnused(place);
  const { forbiddenWhen, usedWhen } = law;
  if (why === FORBIDDEN && forbiddenWhen) {
    const condition = forbiddenWhen.afterwards ?? forbiddenWhen.prose;
    return `forbidden: ${valuesRead(state, forbiddenWhen.reads)}; not allowed when ${condition}`;
  }
  if (why === IGNORED && usedWhen) {
    return `ignored: ${valuesRead(state, usedWhen.reads)}; used when ${usedWhen.afterwards ?? usedWhen.prose}`;
  }
  if (state.hasFailed(place)) return "not judged: it has an error";
  if (why === MAYBE_NOT) return `not judged: ${openQuestion(law)}`;
  return state.valueOf(place) === UNKNOWN ? "not judged: its default hangs on what is not known" : null;
}

function openQuestion({ usedWhen, forbiddenWhen }: ParameterLaw): string {
  const parts = usedWhen ? [`it is used when ${usedWhen.prose}`] : [];
  if (forbiddenWhen) parts.push(`it is not allowed when ${forbiddenWhen.prose}`);
  return `${parts.join(" and ")}, which is not known`;
}
