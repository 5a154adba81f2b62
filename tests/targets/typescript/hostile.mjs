// `node hostile.mjs FOLDER` gives a client what nobody should give it, and prints what it says, an object of JSON.
// Whatever throws, takes long or leaves traces ends the program.
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const load = (name) => import(pathToFileURL(resolve(process.argv[2], `dist/algorithms/${name}/index.js`)));
const client = await load("image-classification");
const awkward = await load("awkward");

const million = "1".repeat(1_000_000);
let deep = [];
for (let level = 0; level < 100_000; level++) deep = [deep];
const cyclic = {};
cyclic.epochs = cyclic;
const named = Object.create({ epochs: "30" });
const configs = {
  nothing: undefined, null: null, number: 5, nan: NaN, text: "epochs", boolean: true, symbol: Symbol("x"), bigint: 10n,
  function: () => 1, list: [], "list of pairs": [["epochs", "1"]], map: new Map([["epochs", "1"]]), set: new Set(["a"]),
  date: new Date(0), inherited: named, "null prototype": Object.assign(Object.create(null), { epochs: "30" }),
  "deep list": { image_shape: deep }, cyclic, "deep json": { lr_scheduler_step: "[".repeat(500_000) },
  "long integer": { epochs: million }, "long number": { learning_rate: `0.${million}` }, "long text": { optimizer: million },
  "long list": { image_shape: `${"1,".repeat(500_000)}1` }, "long key": { [million]: "1" },
  "many keys": Object.fromEntries(Array.from({ length: 20_000 }, (_, number) => [`key_${number}`, "1"])),
  "lone surrogate": { optimizer: "\ud800" }, "surrogate key": { "\udfff": "1" }, "low surrogate": { kv_store: "a\udc00b" },
  proto: JSON.parse('{"__proto__": {"epochs": "1"}, "constructor": {"prototype": {"polluted": true}}}'),
  "prototype of text": { toString: "1", valueOf: "1", hasOwnProperty: "1" },
  "odd numbers": { epochs: NaN, learning_rate: Infinity, momentum: -0, num_classes: 1e300, top_k: 2.5 },
  "odd texts": { epochs: "", learning_rate: "1e400", momentum: "-0", num_classes: "0x10", top_k: "３", gamma: "1_0" },
  exponents: { learning_rate: "1e-999999999999999999999999999999999999999999999999", momentum: "1e999999999999999999" },
  objects: { epochs: {}, learning_rate: [], momentum: new Number(0.5), optimizer: new String("sgd") },
  "not there": { epochs: undefined }, "hole in a list": { image_shape: [3, , 224] }, bigints: { epochs: 30n },
  "odd iterator": { image_shape: { [Symbol.iterator]: 5, length: 3 } },
};

const told = {};
for (const [name, config] of Object.entries(configs)) {
  for (const [form, judge] of Object.entries({ parse: client.parse, parseWire: client.parseWire })) {
    for (const context of [undefined, config]) {
      const start = performance.now();
      const verdict = judge(config, context);
      const codes = verdict.findings.map(({ code, parameter }) => `${code} ${parameter}`);
      JSON.stringify(verdict);
      assert(performance.now() - start < 2000, `${name} takes long`);
      assert(verdict.findings.every(({ message, help }) => message.length < 5000 && (help ?? "").length < 5000), name);
      if (verdict.valid) verdict.toWire({ defaults: true });
      if (context === undefined) told[`${form} ${name}`] = { valid: verdict.valid, codes: codes.slice(0, 8) };
    }
  }
}
assert.equal({}.polluted, undefined);
assert.equal({}.epochs, undefined);
assert.equal(Object.prototype.toString.call({}), "[object Object]");

// Names that every object has are names like any other.
const given = JSON.parse('{"__proto__": "3", "constructor": "b", "toString": "true", "UNKNOWN": "5", "k.means": "0.5"}');
const verdict = awkward.parseWire(given);
assert.equal(verdict.valid, true, JSON.stringify(verdict.findings));
assert.deepEqual(Object.keys(verdict.values), Object.keys(verdict.parameters));
assert.equal(Object.getPrototypeOf(verdict.values), Object.prototype);
assert.equal(Object.getOwnPropertyDescriptor(verdict.values, "__proto__").value, 3);
assert.equal(Object.getOwnPropertyDescriptor(verdict.parameters, "__proto__").value.state, "given");
assert.equal(JSON.stringify(verdict.toWire()), '{"k.means":"0.5","__proto__":"3","constructor":"b","toString":"true","UNKNOWN":"5"}');
const none = awkward.parseWire({});
assert.equal(none.valid, true, JSON.stringify(none.findings));
assert.equal(none.values.constructor, "a");
assert.equal(none.parameters.constructor.state, "default");

// A verdict is settled: what was given may change afterwards.
const list = [3, 32, 32];
const config = { num_classes: 2, num_training_samples: 10, image_shape: list };
const settled = client.parse(config);
list[0] = 99;
config.num_classes = "changed";
assert.deepEqual(settled.values.image_shape, [3, 32, 32]);
assert.equal(settled.toWire().num_classes, "2");

// What a getter or a Proxy throws is the caller's, and goes through.
const own = new Error("of the caller");
const throwing = () => { throw own; };
const revoked = Proxy.revocable({}, {});
revoked.revoke();
for (const judge of [client.parse, client.parseWire]) {
  assert.throws(() => judge({ get epochs() { return throwing(); } }), own);
  assert.throws(() => judge(new Proxy({}, { ownKeys: throwing })), own);
  assert.throws(() => judge({}, { get instance_count() { return throwing(); } }), own);
  assert.throws(() => judge(revoked.proxy), TypeError);
  assert.equal(judge(new Proxy({ epochs: "?" }, {})).valid, false);
}

process.stdout.write(`${JSON.stringify(told)}\n`);
