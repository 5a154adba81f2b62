// Answers requests with verdicts, an object of JSON a line: `node conformance.mjs FOLDER`, the folder of a compiled
// package. A request is {"algorithm", "form", "config", "context"}, an answer the verdict with "writes" and
// "writes_defaults", or {"crash"} with what was thrown.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const folder = resolve(process.argv[2]);
const modules = new Map();

async function moduleOf(algorithm) {
  if (!modules.has(algorithm)) {
    modules.set(algorithm, await import(pathToFileURL(`${folder}/dist/algorithms/${algorithm}/index.js`)));
  }
  return modules.get(algorithm);
}

/** Numbers that JSON lacks come as {"$number": "NaN"}. */
function numbers(_key, value) {
  return value !== null && typeof value === "object" && "$number" in value ? Number(value.$number) : value;
}

function answerOf(module, { form, config, context }) {
  const verdict = form === "wire" ? module.parseWire(config, context) : module.parse(config, context);
  const writes = verdict.valid ? writesOf(verdict, { defaults: false }) : null;
  return { ...verdict.toJSON(), writes, writes_defaults: verdict.valid ? writesOf(verdict, { defaults: true }) : null };
}

function writesOf(verdict, options) {
  try {
    return verdict.toWire(options);
  } catch (problem) {
    if (problem instanceof RangeError) return null;
    throw problem;
  }
}

const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
for await (const line of lines) {
  const request = JSON.parse(line, numbers);
  const module = await moduleOf(request.algorithm);
  let answer;
  try {
    answer = answerOf(module, request);
  } catch (problem) {
    answer = { crash: String(problem?.stack ?? problem) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
