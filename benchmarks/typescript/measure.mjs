// `node measure.mjs FOLDER ROUNDS MILLISECONDS` prints as JSON, for each contender, the seconds of one configuration, a
// figure a round. FOLDER is the compiled package of spec.yaml.
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";
import { byHand } from "./by_hand.mjs";
import { withAjv } from "./with_ajv.mjs";
import { withValibot } from "./with_valibot.mjs";
import { withZod } from "./with_zod.mjs";

const [folder, rounds, milliseconds] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const { parseWire } = await import(pathToFileURL(resolve(folder, "dist/algorithms/wide/index.js")));
const CONFIGS = 64;

/** A configuration as it comes in: every text of its own, none known to the engine. */
function config(number) {
  const texts = {
    num_classes: 10 + number, num_training_samples: 50000 + number, epochs: 90, mini_batch_size: 128, num_layers: 50,
    warmup_epochs: 5, patience: 4, min_epochs: 10, crop_height: 224, crop_width: 224, resize: 256, seed: 1234 + number,
    workers: 8, checkpoint_frequency: 5, learning_rate: 0.05 + number / 1000, momentum: 0.9, weight_decay: 0.0001,
    beta_1: 0.9, beta_2: 0.999, eps: 1e-8, gamma: 0.9, dropout: 0.25, label_smoothing: 0.1, mixup_alpha: 0.2,
    lr_factor: 0.1, lr_minimum: 0.00001, tolerance: 0.001, gradient_clip: 5.5, use_pretrained: true, multi_label: false,
    weighted_loss: false, early_stopping: true, mixed_precision: number % 2 === 0, optimizer: "sgd", scheduler: "cosine",
    augmentation: "crop_color", kv_store: "dist_sync", dtype: "float16",
  };
  return JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, String(value)]))));
}

const contenders = {
  ours: (texts) => (parseWire(texts).valid ? texts : undefined),
  "by hand": byHand,
  ajv: withAjv,
  zod: withZod,
  valibot: withValibot,
};
const configs = Array.from({ length: CONFIGS }, (_, number) => config(number));
const bad = [
  ["epochs", "90.0"], ["epochs", "0"], ["epochs", "9007199254740992"], ["learning_rate", ".5"], ["learning_rate", ""],
  ["learning_rate", "1e400"], ["momentum", "1"], ["optimizer", "adamw"], ["multi_label", "1"], ["warmup_epochs", "90"],
  ["mini_batch_size", "60000"], ["lr_minimum", "0.9"], ["resize", "100"], ["unknown", "1"],
].map(([key, text]) => ({ ...config(0), [key]: text }));

for (const [name, judge] of Object.entries(contenders)) {
  if (configs.some((texts) => judge(texts) === undefined)) throw new Error(`${name} refuses what is valid`);
  const missed = bad.findIndex((texts) => judge(texts) !== undefined);
  if (missed !== -1) throw new Error(`${name} accepts ${JSON.stringify(bad[missed])}`);
}

/** The processor's seconds of one configuration. */
function timed(judge, atLeast) {
  const start = process.cpuUsage();
  const spent = () => process.cpuUsage(start).user / 1000 + process.cpuUsage(start).system / 1000;
  let count = 0;
  let valid = 0;
  do {
    for (const texts of configs) if (judge(texts) !== undefined) valid++;
    count += CONFIGS;
  } while (spent() < atLeast);
  if (valid !== count) throw new Error("not all are valid");
  return spent() / 1000 / count;
}

const seconds = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
for (const judge of Object.values(contenders)) timed(judge, 4 * milliseconds);
for (let round = 0; round < rounds; round++) {
  for (const [name, judge] of Object.entries(contenders)) seconds[name].push(timed(judge, milliseconds));
}
process.stdout.write(`${JSON.stringify(seconds)}\n`);
