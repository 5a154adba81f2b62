// zod: a pipe from text to number for each key.
import * as z from "zod";
import { BOOLEANS, CHOICES, INTEGER, INTEGERS, NUMBER, NUMBERS, RULES } from "./fields.mjs";

function zodNumber({ least, most, above, below }, pattern, isInteger) {
  let number = isInteger ? z.int() : z.number();
  number = above ? number.gt(least) : number.gte(least);
  if (most !== Infinity) number = below ? number.lt(most) : number.lte(most);
  return z.string().regex(pattern).transform(Number).pipe(number);
}

const zodSchema = z
  .strictObject({
    ...Object.fromEntries(INTEGERS.map((field) => [field.name, zodNumber(field, INTEGER, true)])),
    ...Object.fromEntries(NUMBERS.map((field) => [field.name, zodNumber(field, NUMBER, false)])),
    ...Object.fromEntries(BOOLEANS.map((name) => [name, z.enum(["true", "false"]).transform((text) => text === "true")])),
    ...Object.fromEntries(Object.entries(CHOICES).map(([name, values]) => [name, z.enum(values)])),
  })
  .superRefine((values, context) => {
    for (const [rule, path] of RULES) if (!rule(values)) context.addIssue({ code: "custom", path: [path] });
  });

export function withZod(texts) {
  const result = zodSchema.safeParse(texts);
  return result.success ? result.data : undefined;
}
