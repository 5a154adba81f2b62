// valibot: a pipe from text to number for each key.
import * as v from "valibot";
import { BOOLEANS, CHOICES, INTEGER, INTEGERS, NUMBER, NUMBERS, RULES } from "./fields.mjs";

function valibotNumber({ least, most, above, below }, pattern, isInteger) {
  return v.pipe(
    v.string(),
    v.regex(pattern),
    v.transform(Number),
    ...(isInteger ? [v.safeInteger()] : []),
    above ? v.gtValue(least) : v.minValue(least),
    ...(most === Infinity ? [] : [below ? v.ltValue(most) : v.maxValue(most)]),
  );
}

const valibotSchema = v.pipe(
  v.strictObject({
    ...Object.fromEntries(INTEGERS.map((field) => [field.name, valibotNumber(field, INTEGER, true)])),
    ...Object.fromEntries(NUMBERS.map((field) => [field.name, valibotNumber(field, NUMBER, false)])),
    ...Object.fromEntries(
      BOOLEANS.map((name) => [name, v.pipe(v.picklist(["true", "false"]), v.transform((text) => text === "true"))]),
    ),
    ...Object.fromEntries(Object.entries(CHOICES).map(([name, values]) => [name, v.picklist(values)])),
  }),
  ...RULES.map(([rule]) => v.check(rule)),
);

export function withValibot(texts) {
  const result = v.safeParse(valibotSchema, texts);
  return result.success ? result.output : undefined;
}
