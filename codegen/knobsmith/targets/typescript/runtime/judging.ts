/** What the phases of an algorithm call when there is something to say. */

import {
  ADVICE,
  EFFECT,
  FORBIDDEN,
  IGNORED,
  MAYBE_NOT,
  NARROWING,
  PRESENCE,
  type Place,
  type Read,
  RULES,
  type State,
  UNKNOWN,
  type Unknown,
} from "./state.js";

/** A hyperparameter is not used: it is ignored if expressions read it as undefined, may be if as UNKNOWN. */
export function unuse(state: State, place: Place, readAs: Unknown | undefined): void {
  state.unused.push(place, readAs === UNKNOWN ? MAYBE_NOT : IGNORED);
}

/** A hyperparameter must not be given. */
export function forbid(state: State, place: Place): void {
  state.unused.push(place, FORBIDDEN);
  if (state.isGiven(place) && !state.hasFailed(place)) {
    state.find(EFFECT, "forbidden", place);
    state.fail(place);
  }
}

/** A hyperparameter that is always required is not there. */
export function require(state: State, place: Place): void {
  state.find(EFFECT, "required", place);
  state.fail(place);
}

/** A hyperparameter that is required at the moment is not there. */
export function miss(state: State, place: Place): void {
  state.find(PRESENCE, "required", place);
  state.fail(place);
}

/** A hyperparameter is outside what a case allows. */
export function breakCase(state: State, place: Place, number: number): void {
  state.find(NARROWING, "case", place, "error", number);
  state.fail(place);
}

/** A hyperparameter is beyond an end of its range that is another one. */
export function breakEnds(state: State, place: Place): void {
  state.find(NARROWING, "range", place);
  state.fail(place);
}

/** A rule does not hold. */
export function breakRule(state: State, number: number): void {
  const rule = state.laws.rules[number];
  if (rule) state.find(RULES, `rule:${rule.name}`, number, rule.severity);
}

/** A hyperparameter is outside the recommended values, be it those of a case. */
export function advise(state: State, place: Place, number?: number): void {
  state.find(ADVICE, "recommended", place, "info", number);
}

/** Keep a default that hangs on other hyperparameters. */
export function computed<Kept extends Read>(state: State, place: Place, value: Kept): Kept {
  (state.computed ??= new Map<Place, Read>()).set(place, value);
  return value;
}

/** Whether the result of an integer operation is an integer of the language. */
export function fits(result: number): boolean {
  return Number.isSafeInteger(result);
}

/** Whether two values are the same, of which the compiler believes to know that they cannot be. */
export function is(left: Read, right: Read): boolean {
  return left === right;
}
