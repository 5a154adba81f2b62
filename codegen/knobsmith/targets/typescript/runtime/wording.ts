/** Facts and values in plain English, for messages. */

import { isList } from "./domains.js";
import type { Domain, ParameterLaw, Value } from "./facts.js";
import { close } from "./nearest.js";
import { FORBIDDEN, MAYBE_NOT, type Place, type State, UNKNOWN } from "./state.js";
import { lengthOf, start } from "./texts.js";

const LONGEST = 80;
const LISTED = 12;

/** A native value as one would write it. */
export function plain(value: Value): string {
  return isList(value) ? `[${value.map(plain).join(", ")}]` : String(value);
}

/** A native value in backquotes, cut if it is long. */
export function quoted(value: Value | undefined): string {
  const text = value === undefined ? "null" : plain(value);
  return lengthOf(text) <= LONGEST ? `\`${text}\`` : `\`${start(text, LONGEST - 3)}...\``;
}

/** "a, b or c". */
export function listed(texts: readonly string[], last = "or"): string {
  if (texts.length > LISTED) {
    return `${texts.slice(0, LISTED).join(", ")} ${last} ${String(texts.length - LISTED)} more`;
  }
  return [texts.slice(0, -1).join(", "), ...texts.slice(-1)].filter((text) => text !== "").join(` ${last} `);
}

/** What a domain allows, to follow "must be". */
export function domainInWords(domain: Domain): string {
  const special = (domain.special ?? [])
    .filter(({ interval }) => !interval)
    .map(({ word, value }) => quoted(word ?? value));
  if (domain.values) return listed([...domain.values.map(({ value }) => quoted(value)), ...special]);
  const parts = domain.range ? [`in ${domain.range.text}`] : [];
  if (domain.multipleOf !== undefined) parts.push(`a multiple of ${String(domain.multipleOf)}`);
  if (domain.pattern !== undefined) parts.push(`a text that matches \`${domain.pattern}\``);
  return listed([parts.length > 0 ? parts.join(" and ") : "valid", ...special]);
}

/** What to do about a name or value that is not known: the nearest that is, else all of them. */
export function nearest(name: string, known: readonly string[]): string {
  const near = close(name, known);
  if (near.length > 0) return `did you mean ${listed(near.map(quoted))}?`;
  return known.length > 0 ? `known are ${listed(known.map(quoted), "and")}` : "there is none";
}

/** "`optimizer` is `sgd` and `momentum` is not set". */
export function valuesRead(state: State, reads: readonly string[] = []): string {
  return listed(
    reads.map((name) => valueRead(state, name)),
    "and",
  );
}

function valueRead(state: State, name: string): string {
  const place = state.laws.names.get(name);
  if (place === undefined || state.laws.parameter(place).name !== name) {
    const number = state.laws.facts.get(name.replace("context.", ""));
    return shown(name, number === undefined ? UNKNOWN : state.context[number]);
  }
  const why = state.whyUnused(place);
  if (why !== undefined && why !== MAYBE_NOT) return `\`${name}\` is ${why === FORBIDDEN ? "forbidden" : "ignored"}`;
  const value = state.valueOf(place);
  return shown(name, value === undefined && state.hasFailed(place) ? UNKNOWN : value);
}

function shown(name: string, value: Value | typeof UNKNOWN | undefined): string {
  if (value === UNKNOWN) return `\`${name}\` is not known`;
  return value === undefined ? `\`${name}\` is not set` : `\`${name}\` is ${quoted(value)}`;
}

/** What a hyperparameter is if nothing is given. */
export function defaultInWords(parameter: ParameterLaw): string {
  if (parameter.default !== undefined) return `its default is ${quoted(parameter.default)}`;
  return parameter.computed === undefined ? "its default depends on others" : `its default is \`${parameter.computed}\``;
}

/** The place of a finding, which is about a hyperparameter or a fact of the job. */
export function placeOf(subject: number | string): Place {
  return typeof subject === "number" ? subject : 0;
}
