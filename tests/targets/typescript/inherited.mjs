// `node inherited.mjs FOLDER` gives a client objects that inherit or hide values: only what is an object's own and
// enumerable counts, and all of that.
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const load = (name) => import(pathToFileURL(resolve(process.argv[2], `dist/algorithms/${name}/index.js`)));
const client = await load("image-classification");
const awkward = await load("awkward");
const texts = { num_classes: "2", num_training_samples: "100" };
const values = { num_classes: 2, num_training_samples: 100 };
const codes = (verdict) => verdict.findings.map(({ code, parameter }) => `${code} ${parameter}`);

function hidden(own, secret) {
  for (const [key, value] of Object.entries(secret)) Object.defineProperty(own, key, { value, enumerable: false });
  return own;
}

const missing = ["unknown junk", "unknown junk2", "required num_classes", "required num_training_samples"];
for (const [judge, given] of [[client.parseWire, texts], [client.parse, values]]) {
  assert.deepEqual(codes(judge(Object.assign(Object.create(given), { junk: "1", junk2: "2" }))), missing);
  assert.deepEqual(codes(judge(hidden({ junk: "1", junk2: "2" }, given))), missing);
  assert.deepEqual(codes(judge(Object.create(given))), missing.slice(2));
  assert.deepEqual(codes(judge(Object.assign(Object.create({ momentum: given.num_classes }), given, { eps: undefined }))), []);
  assert.deepEqual(codes(judge(Object.assign(Object.create(null), given))), []);
  assert.deepEqual(codes(judge(Object.assign(Object.create(null), given, { junk: "1" }))), ["unknown junk"]);
  class Given {
    constructor() { Object.assign(this, given); }
    get epochs() { return "never read"; }
  }
  assert.deepEqual(codes(judge(new Given())), []);
}
assert.deepEqual(codes(client.parseWire(texts, Object.create({ instance_count: "nothing" }))), []);
assert.deepEqual(codes(client.parseWire(texts, hidden({ junk: "1" }, { instance_count: "2" }))), ["unknown context.junk"]);

// An alias and the name itself, one of them inherited.
assert.deepEqual(codes(awkward.parseWire(Object.assign(Object.create({ "vgg-16": "false" }), { "vgg.16": "true" }))), ["alias vgg-16"]);
assert.deepEqual(codes(awkward.parseWire(Object.assign(Object.create({ "vgg.16": "false" }), { "vgg-16": "true" }))), []);
assert.deepEqual(codes(awkward.parseWire(hidden({ "vgg-16": "true" }, { valueOf: "true" }))), []);

// What everybody inherits.
for (const enumerable of [true, false]) {
  Object.defineProperty(Object.prototype, "momentum", { value: "0.5", enumerable, configurable: true });
  const polluted = client.parseWire({ ...texts, junk: "1" });
  const fine = client.parseWire({ ...texts });
  const hiding = client.parseWire({ num_classes: "2", num_training_samples: undefined });
  delete Object.prototype.momentum;
  assert.deepEqual(codes(polluted), ["unknown junk"]);
  assert.deepEqual(codes(fine), []);
  assert.equal(fine.values.momentum, 0.9);
  assert.deepEqual(codes(hiding), ["required num_training_samples"]);
}
