// ajv, compiled, behind a hand-written reader that knows the kind of each key.
import { Ajv } from "ajv";
import { BOOLEANS, CHOICES, holds, INTEGER, INTEGERS, NUMBER, NUMBERS } from "./fields.mjs";

const READERS = Object.assign(
  Object.create(null),
  Object.fromEntries(INTEGERS.map(({ name }) => [name, (text) => (INTEGER.test(text) ? +text : text)])),
  Object.fromEntries(NUMBERS.map(({ name }) => [name, (text) => (NUMBER.test(text) ? +text : text)])),
  Object.fromEntries(BOOLEANS.map((name) => [name, (text) => (text === "true" ? true : text === "false" ? false : text)])),
);

function parsed(texts) {
  const values = {};
  for (const key in texts) {
    const read = READERS[key];
    values[key] = read === undefined ? texts[key] : read(texts[key]);
  }
  return values;
}

function ends({ least, most, above, below }) {
  const low = above ? { exclusiveMinimum: least } : { minimum: least };
  return most === Infinity ? low : { ...low, ...(below ? { exclusiveMaximum: most } : { maximum: most }) };
}

const checkSchema = new Ajv().compile({
  type: "object",
  additionalProperties: false,
  properties: {
    ...Object.fromEntries(
      INTEGERS.map((field) => [field.name, { type: "integer", ...ends({ ...field, most: Math.min(field.most, 2 ** 53 - 1) }) }]),
    ),
    ...Object.fromEntries(NUMBERS.map((field) => [field.name, { type: "number", ...ends(field) }])),
    ...Object.fromEntries(BOOLEANS.map((name) => [name, { type: "boolean" }])),
    ...Object.fromEntries(Object.entries(CHOICES).map(([name, values]) => [name, { enum: values }])),
  },
});

export function withAjv(texts) {
  const values = parsed(texts);
  return checkSchema(values) && holds(values) ? values : undefined;
}
