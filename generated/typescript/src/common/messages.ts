// Part of every package that `knobsmith generate` writes; do not edit.
/** The findings of a configuration: their order, and their wording. */

import { brokenFacts, isList, same } from "./domains.js";
import type { Choice, Deprecated, Domain, ParameterLaw, Value } from "./facts.js";
import type { Code, Finding } from "./findings.js";
import { broken, described, type Message, refused } from "./refusals.js";
import { ADVICE, DOMAIN, type Found, IGNORED, type Laws, NAMES, NARROWING, RULES, type State, UNKNOWN } from "./state.js";
import { compareTexts } from "./texts.js";
import { Refusal } from "./values.js";
import { defaultInWords, listed, nearest, placeOf, quoted, valuesRead } from "./wording.js";

// Of so many findings each is worth a search for the name that was meant; of more, nobody reads all.
const PATIENCE = 100;
const CODES: readonly string[] = [
  ...["unknown", "alias-conflict", "alias", "type", "values", "range", "multiple_of", "pattern", "length", "items"],
  ...["unique", "increasing", "forbidden", "required", "case", "ignored", "deprecated", "open", "recommended"],
] as const satisfies readonly Code[];

/** All findings in their order, in words. Advice, which decides nothing, is gathered here. */
export function findingsOf(judged: State): readonly Finding[] {
  const state = judged.again();
  state.laws.judge(state, true);
  gatherAdvice(state);
  const found = (state.found ?? []).sort((left, right) => compare(state.laws, left, right));
  const misread = found.find(({ phase, code }) => phase === NAMES && code === "type");
  // Where there is no configuration, nothing is missing in it.
  const told = misread ? found.filter(({ phase }) => phase <= DOMAIN) : found;
  return told.map((one, number) => finding(state, one, number >= PATIENCE));
}

/** Phase 8 as far as it is the same for all algorithms. */
function gatherAdvice(state: State): void {
  for (const [place, { deprecated }] of state.laws.parameters.entries()) {
    if (!state.isGiven(place) || state.hasFailed(place)) continue;
    if (state.whyUnused(place) === IGNORED) state.find(ADVICE, "ignored", place, "warning");
    if (deprecated) state.find(ADVICE, "deprecated", place, "warning");
  }
  for (const { place, code } of state.noted ?? []) {
    const isUsed = place < 0 || state.whyUnused(place) === undefined;
    if (!state.hasFailed(place) && (code === "deprecated" || isUsed)) state.find(ADVICE, code, place, "warning", "value");
  }
}

/** Phases; context, hyperparameters and rules; their order; that of codes. Unknown keys come first, sorted. */
function compare(laws: Laws, left: Found, right: Found): number {
  if (left.phase !== right.phase) return left.phase - right.phase;
  if (typeof left.subject === "string" || typeof right.subject === "string") {
    if (typeof left.subject === typeof right.subject) return compareTexts(String(left.subject), String(right.subject));
    return typeof left.subject === "string" ? -1 : 1;
  }
  const places = placeAmong(laws, left.subject) - placeAmong(laws, right.subject);
  return places || codeRank(left) - codeRank(right);
}

function placeAmong(laws: Laws, subject: number): number {
  return subject < 0 ? -1 - subject - laws.context.length : subject;
}

/** Phase 6 speaks of cases before ranges, all others the other way round. */
function codeRank({ phase, code }: Found): number {
  return phase === NARROWING && code === "range" ? CODES.length : CODES.indexOf(code);
}

function finding(state: State, found: Found, inHaste: boolean): Finding {
  const { code, severity } = found;
  const [message, help] = worded(state, found, inHaste);
  // Of which kind the code is, and whose name stands there, the phases ensure.
  return { code, severity, parameter: subjectOf(state.laws, found), message, help } as Finding;
}

function subjectOf(laws: Laws, { phase, code, subject }: Found): string | null {
  if (phase === RULES) return laws.rules[placeOf(subject)]?.subject ?? null;
  if (typeof subject === "number") return laws.nameOf(subject);
  return code === "unknown" || subject !== "" ? subject : null;
}

function worded(state: State, found: Found, inHaste: boolean): Message {
  if (found.phase === RULES) return brokenRule(state, placeOf(found.subject));
  if (found.code === "unknown") return unknown(state.laws, found, inHaste);
  if (typeof found.subject === "string") return noMapping(found);
  const place = found.subject;
  const law: ParameterLaw = state.laws.at(place);
  const subject = `\`${state.laws.nameOf(place)}\``;
  if (found.phase === DOMAIN) return broken(subject, law.domain, found.code, found.detail as Value);
  const worder = WORDINGS[found.code];
  return worder ? worder({ state, found, place, law, subject }) : [subject, null];
}

/** What the wording of a finding may need. */
interface Subject {
  readonly state: State;
  readonly found: Found;
  readonly place: number;
  readonly law: ParameterLaw;
  readonly subject: string;
}

function unknown(laws: Laws, { subject, detail }: Found, inHaste: boolean): Message {
  const isFact = typeof detail === "string";
  const name = isFact ? detail : String(subject);
  const what = isFact ? `fact that ${laws.name} asks of a job` : `hyperparameter of ${laws.name}`;
  const known = isFact ? [...laws.facts.keys()] : [...laws.names.keys()];
  return [`${quoted(name)} is no ${what}`, inHaste ? null : nearest(name, known)];
}

function noMapping({ subject, detail }: Found): Message {
  const what = subject === "" ? "a configuration" : "the context";
  return [`${what} must be a mapping of names to values, but is ${described(detail)}`, null];
}

function brokenRule(state: State, number: number): Message {
  const rule = state.laws.rules[number];
  if (!rule) return ["", null];
  const reads = [...new Set([...(rule.require.reads ?? []), ...(rule.when?.reads ?? [])])];
  return [reads.length > 0 ? `${rule.message} (${valuesRead(state, reads)})` : rule.message, null];
}

const WORDINGS: Readonly<Record<string, (about: Subject) => Message>> = {
  "alias-conflict": ({ found, subject }) => {
    const keys = found.detail as readonly string[];
    const spelled = listed(
      keys.map((key) => `\`${key}\``),
      "and",
    );
    return [`${subject} is given ${String(keys.length)} times, as ${spelled}`, `keep ${subject} only`];
  },
  alias: ({ found, subject }) => {
    if (found.phase === NAMES) return [`\`${String(found.detail)}\` is another name of ${subject}`, `write ${subject}`];
    const [value, meant] = found.detail as readonly [Value, Value];
    return [`${quoted(value)} is another name of the value ${quoted(meant)} of ${subject}`, `write ${quoted(meant)}`];
  },
  type: ({ found, law, subject }) => {
    if (found.detail instanceof Refusal) return refused(subject, found.detail);
    const reason = law.required ? "it is required" : defaultInWords(law);
    return [`${subject} must not be null: ${reason}`, "leave it out"];
  },
  forbidden: ({ law, subject }) => {
    const reason = law.forbiddenWhen ? ` when ${law.forbiddenWhen.prose}` : "";
    return [`${subject} must not be given${reason}`, `leave out ${subject}`];
  },
  required: ({ law, subject }) => {
    const reason = law.requiredWhen ? ` when ${law.requiredWhen.prose}` : "";
    return [`${subject} is required${reason}`, `give ${subject}`];
  },
  case: (about) => {
    const { found, law, subject } = about;
    const stated = law.cases?.[found.detail as number];
    const when = stated?.when.prose ?? "";
    if (!stated?.domain) return [`${subject} is not valid when ${when}`, null];
    const value = valueOf(about);
    const [code] = value === undefined ? [] : brokenFacts(stated.domain, value);
    if (code === undefined || value === undefined) return [`${beyondEnds(about, stated.domain)}, when ${when}`, null];
    const [message, help] = broken(subject, stated.domain, code, value);
    return [`${message}, when ${when}`, help];
  },
  range: (about) => [beyondEnds(about, about.law.domain), null],
  ignored: ({ state, law, subject }) => {
    const { usedWhen } = law;
    if (!usedWhen) return [`${subject} is ignored`, null];
    const facts = valuesRead(state, usedWhen.reads);
    const used = usedWhen.afterwards ?? usedWhen.prose;
    return [`${subject} is ignored: ${facts}; used when ${used}`, `leave out ${subject}`];
  },
  deprecated: ({ state, found, place, law, subject }) => {
    if (found.detail === undefined) return deprecation(subject, law.deprecated ?? {});
    const given = place < 0 ? state.context[-1 - place] : state.row[place];
    const choice = choicesOf(law.domain, given as Value).find(({ deprecated }) => deprecated);
    if (!choice?.deprecated) return [`${subject} has a deprecated value`, null];
    return deprecation(`the value ${quoted(choice.value)} of ${subject}`, choice.deprecated);
  },
  open: ({ state, place, law, subject }) => {
    let { domain } = law;
    while (!domain.values && domain.items) domain = domain.items;
    const known = listed((domain.values ?? []).map(({ value }) => quoted(value)), "and");
    const given = place < 0 ? state.context[-1 - place] : state.row[place];
    return [`${quoted(given as Value)} is no known value of ${subject}`, known === "" ? null : `known are ${known}`];
  },
  recommended: (about) => {
    const stated = about.found.detail === undefined ? undefined : about.law.cases?.[about.found.detail as number];
    const advice = stated ? stated.recommended : about.law.recommended;
    const best = advice?.range ? `in ${advice.range.text}` : listed((advice?.values ?? []).map(quoted));
    const when = stated ? ` when ${stated.when.prose}` : "";
    return [`${about.subject} is best ${best}${when}, and is ${quoted(valueOf(about))}`, null];
  },
};

function beyondEnds(about: Subject, { range }: Domain): string {
  const value = quoted(valueOf(about));
  if (!range) return `${about.subject} is ${value}`;
  return `${about.subject} must be in ${range.text}, but is ${value}, and ${valuesRead(about.state, range.reads)}`;
}

function deprecation(subject: string, { since, reason, useInstead }: Deprecated): Message {
  const message = `${subject} is deprecated${since ? ` since ${since}` : ""}${reason ? `: ${reason}` : ""}`;
  return [message, useInstead ? `use ${quoted(useInstead)} instead` : null];
}

function valueOf({ state, place }: Subject): Value | undefined {
  const value = state.valueOf(place);
  return value === UNKNOWN ? undefined : value;
}

/** The choices that a value, or the items of a list, stand for. */
function choicesOf(domain: Domain, value: Value): readonly Choice[] {
  const { items, values } = domain;
  if (isList(value) && !values && items) return value.flatMap((item) => choicesOf(items, item));
  return (values ?? []).filter((choice) => same(choice.value, value));
}
