// `node shared.mjs FOLDER` tries to change what a client hands out: nothing that others get may change with it.
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const load = (path) => import(pathToFileURL(resolve(process.argv[2], `dist/algorithms/${path}.js`)));
const client = await load("image-classification/index");
const { FACTS } = await load("image-classification/facts");
const config = { num_classes: 2, num_training_samples: 100 };

function assertFrozen(value, path) {
  if (typeof value !== "object" || value === null) return;
  assert(Object.isFrozen(value), `${path} may change`);
  for (const [key, part] of Object.entries(value)) assertFrozen(part, `${path}.${key}`);
}

// A default, by each door.
const before = JSON.stringify(client.parse(config));
const { values, parameters } = client.parse(config);
for (const list of [values.image_shape, parameters.image_shape.value]) {
  assert.deepEqual(list, [3, 224, 224]);
  assert.throws(() => { list[0] = -1; }, TypeError);
  assert.throws(() => list.push(1), TypeError);
}
assert.equal(JSON.stringify(client.parse(config)), before);

// What was given: the verdict is settled, and what the caller keeps stays the caller's.
const shape = [3, 32, 32];
const given = client.parse({ ...config, image_shape: shape });
for (const list of [given.given.image_shape, given.values.image_shape, given.parameters.image_shape.value]) {
  assert.throws(() => { list[0] = -1; }, TypeError);
}
assert.equal(given.toWire().image_shape, "3,32,32");
assert(!Object.isFrozen(shape));

assertFrozen(FACTS, "FACTS");
assert.throws(() => { FACTS.parameters.epochs.default = 5; }, TypeError);
