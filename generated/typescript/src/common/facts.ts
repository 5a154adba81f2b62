// Part of every package that `knobsmith generate` writes; do not edit.
/** What is known of an algorithm and its hyperparameters, as data: for user interfaces, docs and messages. */

export type Kind = "integer" | "number" | "boolean" | "string" | "list";
export type Severity = "error" | "warning" | "info";
export type Scale = "auto" | "linear" | "log" | "reverse-log";

/** A native value: what JSON has, but for objects and null. */
export type Value = boolean | number | string | readonly Value[];

/** The values between two ends. An end is a number, the name of a hyperparameter, or null if there is none. */
export interface Interval {
  readonly lower: number | string | null;
  readonly upper: number | string | null;
  readonly lowerClosed?: boolean;
  readonly upperClosed?: boolean;
}

/** One or several intervals, ascending; `text` is their usual notation, `[0, 1)`; `reads` the names in it. */
export interface Range {
  readonly text: string;
  readonly intervals: readonly Interval[];
  readonly reads?: readonly string[];
}

/** Still accepted, with a warning. */
export interface Deprecated {
  readonly since?: string;
  readonly useInstead?: string;
  readonly reason?: string;
}

/** One of the valid values. */
export interface Choice {
  readonly value: Value;
  readonly doc?: string;
  readonly aliases?: readonly Value[];
  readonly deprecated?: Deprecated;
}

/** A word, a number or an interval with a meaning of its own. */
export interface Special {
  readonly doc?: string;
  readonly word?: string;
  readonly value?: Value;
  readonly interval?: Interval;
}

/** Which values are valid: the listed ones, or those that meet all other facts; the special ones in any case. */
export interface Domain {
  readonly kind: Kind;
  readonly values?: readonly Choice[];
  readonly open?: boolean;
  readonly range?: Range;
  readonly multipleOf?: number;
  readonly precision?: "float32";
  /** For `new RegExp(pattern, "u")`. */
  readonly pattern?: string;
  readonly length?: Range;
  readonly items?: Domain;
  readonly fields?: readonly string[];
  readonly unique?: boolean;
  readonly increasing?: boolean;
  readonly special?: readonly Special[];
}

/** How a value is written as text: the two tokens of a boolean, the form of a list. */
export type Wire = readonly [whenTrue: string, whenFalse: string] | "comma" | "space" | "json" | "tuple";

/** An expression over hyperparameters. */
export interface Condition {
  /** As written in the spec. */
  readonly text: string;
  /** In words, to follow "when". */
  readonly prose: string;
  /** The names that it reads, facts about the job as `context.NAME`. */
  readonly reads?: readonly string[];
  /** In words that follow a sentence which has named what it reads, if that makes a difference. */
  readonly afterwards?: string;
}

/** What a tuner searches: a range or a list of values. */
export interface Tuning {
  readonly range?: Range;
  readonly values?: readonly Value[];
  readonly scale: Scale;
  readonly step?: number;
  readonly impact?: "high" | "medium" | "low" | number;
}

/** The recommended values: a range or a list. */
export interface Advice {
  readonly range?: Range;
  readonly values?: readonly Value[];
}

/** Facts that hold instead of the general ones while `when` is true; what is absent is not stated. */
export interface Case {
  readonly when: Condition;
  readonly doc?: string;
  readonly domain?: Domain;
  readonly default?: Value;
  /** A default that is an expression. */
  readonly computed?: string;
  readonly recommended?: Advice;
  readonly tuning?: Tuning;
  readonly notTunable?: boolean;
}

/** What decides about a hyperparameter, and what messages say of it. */
export interface ParameterLaw {
  /** The name of the training service. */
  readonly name: string;
  readonly domain: Domain;
  readonly wire?: Wire;
  /** The default if it is a constant. */
  readonly default?: Value;
  /** The default if it is an expression. */
  readonly computed?: string;
  readonly required?: boolean;
  readonly requiredWhen?: Condition;
  readonly usedWhen?: Condition;
  readonly forbiddenWhen?: Condition;
  readonly cases?: readonly Case[];
  readonly recommended?: Advice;
  readonly aliases?: readonly string[];
  readonly deprecated?: Deprecated;
}

/** All facts of a hyperparameter. */
export interface Parameter extends ParameterLaw {
  readonly doc: string;
  /** What happens without a value. */
  readonly ifUnset?: string;
  readonly examples?: readonly Value[];
  readonly tuning?: Tuning;
  readonly unit?: string;
  /** The heading that it stands under: a key of `groups`. */
  readonly group?: string;
  readonly tags?: readonly string[];
  readonly notes?: readonly string[];
  /** The source of single keys, and under the empty key that of all others. */
  readonly sources?: Readonly<Record<string, string>>;
}

/** What decides about a fact of the job. */
export interface FactLaw {
  readonly name: string;
  readonly domain: Domain;
  readonly wire?: Wire;
  readonly default?: Value;
}

/** A fact about the job that decides what is valid, but is no hyperparameter. */
export interface ContextFact extends FactLaw {
  readonly doc: string;
  readonly unit?: string;
  readonly notes?: readonly string[];
}

/** A heading over hyperparameters. */
export interface Group {
  readonly name: string;
  readonly title: string;
  readonly doc?: string;
}

/** A constraint over several hyperparameters; `subject` is the one that a breach is reported at. */
export interface Rule {
  readonly name: string;
  readonly message: string;
  readonly require: Condition;
  readonly when?: Condition;
  readonly severity: Severity;
  readonly subject?: string;
}

/** What training reports; `pattern` finds the number in a line of the log. */
export interface Metric {
  readonly name: string;
  readonly direction: "maximize" | "minimize";
  readonly doc: string;
  readonly objective: boolean;
  readonly reportedWhen?: Condition;
  readonly pattern?: string;
  readonly unit?: string;
}

/** Where facts come from. */
export interface Source {
  readonly name: string;
  readonly title: string;
  readonly url?: string;
  readonly language?: string;
  readonly date?: string;
}

/** All facts of one algorithm; what has a name stands under it, in the order of the documentation. */
export interface Algorithm {
  readonly name: string;
  readonly title: string;
  readonly doc: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly context: Readonly<Record<string, ContextFact>>;
  readonly groups: Readonly<Record<string, Group>>;
  readonly rules: Readonly<Record<string, Rule>>;
  readonly metrics: Readonly<Record<string, Metric>>;
  readonly sources: Readonly<Record<string, Source>>;
}
