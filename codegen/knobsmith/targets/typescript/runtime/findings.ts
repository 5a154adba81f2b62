/** What validation finds, and what it says of each hyperparameter. */

import type { Severity, Value } from "./facts.js";

/** What kinds of findings there are. */
export type Code<RuleName extends string = string> =
  | ("unknown" | "alias-conflict" | "alias" | "type")
  | ("values" | "range" | "multiple_of" | "pattern" | "length" | "items" | "unique" | "increasing")
  | ("forbidden" | "required" | "case" | `rule:${RuleName}`)
  | ("ignored" | "deprecated" | "open" | "recommended");

/** What every finding says. */
interface Said {
  /** `error` makes the configuration invalid; `warning` and `info` do not. */
  readonly severity: Severity;
  /** What must hold and what does not. */
  readonly message: string;
  /** What to do about it, if there is something to say. */
  readonly help: string | null;
}

/** A name that nobody knows. */
export interface UnknownName extends Said {
  readonly code: "unknown";
  /** What was given as a name; `context.NAME` for a fact of the job. */
  readonly parameter: string;
}

/** Something about what is known by name. */
export interface Remark<
  Name extends string = string,
  Fact extends string = string,
  RuleName extends string = string,
> extends Said {
  readonly code: Exclude<Code<RuleName>, "unknown">;
  /** The hyperparameter; `context.NAME` for a fact of the job, `context` for all of them; null for a configuration. */
  readonly parameter: Name | `context.${Fact}` | "context" | null;
}

/** One thing that is wrong, or worth knowing, about a configuration; `code` tells what. */
export type Finding<Name extends string = string, Fact extends string = string, RuleName extends string = string> =
  | UnknownName
  | Remark<Name, Fact, RuleName>;

/** What a hyperparameter comes to. */
export interface ParameterState {
  /** Whether the value was given, is a default, or there is none. */
  readonly state: "given" | "default" | "unset";
  /** Whether the algorithm reads the value. */
  readonly used: boolean;
  /** Why it is not used, or could not be judged; null otherwise. */
  readonly reason: string | null;
  /** The native value; null if there is none, or none that could be read. */
  readonly value: Value | null;
}

/** A verdict as plain data. */
export interface VerdictData {
  readonly algorithm: string;
  readonly valid: boolean;
  readonly findings: readonly Finding[];
  readonly parameters: Readonly<Record<string, ParameterState>>;
}

/** How to write a configuration. */
export interface WireOptions {
  /** Whether to write the defaults in use as well. */
  readonly defaults?: boolean;
}

/** What every verdict tells. Findings and states are worked out when somebody asks. */
export interface Judged<Name extends string = string, Found extends Finding = Finding> {
  /** The name of the algorithm. */
  readonly algorithm: string;
  /** Errors, warnings and advice, in the order of the phases of validation. */
  readonly findings: readonly Found[];
  /** What each hyperparameter comes to, in the order of the documentation. */
  readonly parameters: Readonly<Record<Name, ParameterState>>;
  /** The verdict as plain data; `JSON.stringify` calls it. */
  toJSON(): VerdictData;
}

/** The verdict on a valid configuration: no finding is an error. */
export interface ValidVerdict<Name extends string, Config, Values, Found extends Finding = Finding>
  extends Judged<Name, Found> {
  readonly valid: true;
  /** What was given, by the names of the training service; aliases are replaced. */
  readonly given: Config;
  /** What each hyperparameter is, given or by default; null for no value. */
  readonly values: Values;
  /**
   * The texts to send to the training service: what was given, and on request the defaults in use.
   *
   * @throws RangeError An item of a list holds the separator of the list's wire form.
   */
  toWire(options?: WireOptions): Record<string, string>;
}

/** The verdict on a configuration with errors. */
export interface InvalidVerdict<Name extends string, Found extends Finding = Finding> extends Judged<Name, Found> {
  readonly valid: false;
}

/** Whether a configuration is valid, everything that was found, and what each hyperparameter comes to. */
export type Verdict<
  Name extends string = string,
  Config = unknown,
  Values = unknown,
  Found extends Finding = Finding,
> = ValidVerdict<Name, Config, Values, Found> | InvalidVerdict<Name, Found>;

/** A configuration was to be written that is not valid; `verdict` says why. */
export class InvalidHyperparameters extends Error {
  override readonly name = "InvalidHyperparameters";
  readonly verdict: Judged;

  constructor(verdict: Judged) {
    const errors = verdict.findings.filter((finding) => finding.severity === "error");
    const lines = errors.map(({ message, help }) => (help === null ? message : `${message}: ${help}`));
    super([`invalid hyperparameters of ${verdict.algorithm}`, ...lines].join("\n"));
    this.verdict = verdict;
  }
}
