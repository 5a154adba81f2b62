// Compiled with the strictest settings: what users may write, and what the compiler has to refuse.
import { imageClassification, InvalidHyperparameters, type Finding, type Verdict } from "cases";
import { type Config, type Context, type Finding as Own, type Name, parse, parseWire, toWire, type Values } from "cases/image-classification";
import { FACTS } from "cases/image-classification/facts";
import { type Config as Awkward, parse as parseAwkward } from "cases/awkward";
import type { Algorithm } from "cases";

/** Whether two types are the very same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function holds<T extends true>(): T | undefined {
  return undefined;
}

// Values are told by literals, and nothing is loose.
holds<Same<Config["optimizer"], "sgd" | "adam" | "rmsprop" | "nag" | undefined>>();
holds<Same<Config["num_layers"], 18 | 34 | 50 | 101 | 152 | 200 | 20 | 32 | 44 | 56 | 110 | undefined>>();
holds<Same<Config["image_shape"], readonly [channels: number, height: number, width: number] | undefined>>();
holds<Same<Config["top_k"], number | null | undefined>>();
holds<Same<Values["learning_rate"], number>>();
holds<Same<Values["top_k"], number | null>>();
holds<Same<Values["use_pretrained_model"], boolean>>();
holds<Same<Context["instance_count"], number | null | undefined>>();
holds<Same<Extract<Name, "epochs">, "epochs">>();
holds<Same<Awkward["vgg-16"], boolean | undefined>>();
holds<Same<Awkward["class"], "default" | "in" | "vgg-16" | "k-means++" | undefined>>();
holds<Same<Awkward["row"], number | "auto" | undefined>>();
holds<Same<Awkward["__proto__"], number | undefined>>();

const config: Config = { num_classes: 2, num_training_samples: 100, optimizer: "adam", top_k: null };
// @ts-expect-error -- a misspelt value
const misspelt: Config = { num_classes: 2, num_training_samples: 100, optimizer: "adamw" };
// @ts-expect-error -- a misspelt name
const unknown: Config = { num_classes: 2, num_training_samples: 100, optimiser: "adam" };
// @ts-expect-error -- a required one is missing
const incomplete: Config = { num_classes: 2 };
// @ts-expect-error -- null where there is a default
const unset: Config = { num_classes: 2, num_training_samples: 100, epochs: null };
// @ts-expect-error -- absent is not undefined
const absent: Config = { num_classes: 2, num_training_samples: 100, epochs: undefined };
// @ts-expect-error -- configurations are not written to
config.num_classes = 3;

const verdict = parseWire({ num_classes: "2" });
// @ts-expect-error -- only what is valid has values
verdict.values;
// @ts-expect-error -- and can be written
verdict.toWire();
if (verdict.valid) {
  holds<Same<typeof verdict.values, Values>>();
  holds<Same<typeof verdict.given, Config>>();
  const epochs: number = verdict.values.epochs;
  const texts: Record<string, string> = verdict.toWire({ defaults: true });
  console(epochs, texts);
} else {
  const findings: readonly Finding[] = verdict.findings;
  console(findings, verdict.parameters.epochs.reason);
  // @ts-expect-error -- there is no such hyperparameter
  console(verdict.parameters.epoch);
}
for (const finding of verdict.findings) {
  holds<Same<typeof finding, Own>>();
  const general: Finding = finding;
  const [code, parameter]: [string, string | null] = [finding.code, finding.parameter];
  console(general, code, parameter, finding.code === "rule:resize-covers-crop", finding.code.startsWith("rule:"));
  // @ts-expect-error -- there is no such code
  if (finding.code === "rnage") console(finding);
  // @ts-expect-error -- nor such a rule
  if (finding.code === "rule:nothing") console(finding);
  if (finding.code === "unknown") {
    console(finding.parameter === "whatever");
  } else {
    holds<Same<typeof finding.parameter, Name | `context.${keyof Context}` | "context" | null>>();
    // @ts-expect-error -- there is no such hyperparameter
    console(finding.parameter === "epoch");
  }
  // @ts-expect-error -- nor is any text a code
  const wrong: Finding = { ...finding, code: "rnage" };
  console(wrong);
}
const any: Verdict = parse(config, { instance_count: 2 } satisfies Context);
toWire(config, { defaults: true, context: { instance_count: 2 } });
// @ts-expect-error -- what is written has to be a configuration
toWire({ num_classes: "2" });
try {
  imageClassification.toWire(config);
} catch (problem) {
  if (problem instanceof InvalidHyperparameters) console(problem.verdict.findings);
}
console(any, parseAwkward({}), misspelt, unknown, incomplete, unset, absent);

// Facts are literals, and those that every algorithm has.
FACTS satisfies Algorithm;
holds<Same<typeof FACTS.parameters.epochs.default, 30>>();
holds<Same<typeof FACTS.parameters.learning_rate.domain.range.text, "[0, 1]">>();
const doc: string = FACTS.parameters.momentum.usedWhen.prose;
console(doc);

function console(...values: unknown[]): void {
  void values;
}
