// The 38 hyperparameters of spec.yaml, as tables for the peers: name, range, ends that are excluded.
/** The grammar of numbers. */
export const INTEGER = /^-?(?:0|[1-9][0-9]{0,15})$/;
export const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

export const INTEGERS = [
  { name: "num_classes", least: 1, most: Infinity, above: false, below: false },
  { name: "num_training_samples", least: 1, most: Infinity, above: false, below: false },
  { name: "epochs", least: 1, most: Infinity, above: false, below: false },
  { name: "mini_batch_size", least: 1, most: Infinity, above: false, below: false },
  { name: "num_layers", least: 1, most: 200, above: false, below: false },
  { name: "warmup_epochs", least: 0, most: Infinity, above: false, below: false },
  { name: "patience", least: 1, most: Infinity, above: false, below: false },
  { name: "min_epochs", least: 1, most: Infinity, above: false, below: false },
  { name: "crop_height", least: 1, most: 4096, above: false, below: false },
  { name: "crop_width", least: 1, most: 4096, above: false, below: false },
  { name: "resize", least: 1, most: 4096, above: false, below: false },
  { name: "seed", least: 0, most: Infinity, above: false, below: false },
  { name: "workers", least: 0, most: 256, above: false, below: false },
  { name: "checkpoint_frequency", least: 1, most: Infinity, above: false, below: false },
];
export const NUMBERS = [
  { name: "learning_rate", least: 0, most: 1, above: true, below: false },
  { name: "momentum", least: 0, most: 1, above: false, below: true },
  { name: "weight_decay", least: 0, most: 1, above: false, below: false },
  { name: "beta_1", least: 0, most: 1, above: false, below: true },
  { name: "beta_2", least: 0, most: 1, above: false, below: true },
  { name: "eps", least: 0, most: 1, above: true, below: false },
  { name: "gamma", least: 0, most: 1, above: false, below: false },
  { name: "dropout", least: 0, most: 1, above: false, below: true },
  { name: "label_smoothing", least: 0, most: 1, above: false, below: true },
  { name: "mixup_alpha", least: 0, most: 10, above: false, below: false },
  { name: "lr_factor", least: 0, most: 1, above: true, below: true },
  { name: "lr_minimum", least: 0, most: 1, above: false, below: false },
  { name: "tolerance", least: 0, most: 1, above: false, below: false },
  { name: "gradient_clip", least: 0, most: 1000, above: true, below: false },
];
export const BOOLEANS = ["use_pretrained", "multi_label", "weighted_loss", "early_stopping", "mixed_precision"];
export const CHOICES = {
  optimizer: ["sgd", "adam", "rmsprop", "nag"],
  scheduler: ["constant", "step", "cosine"],
  augmentation: ["none", "crop", "crop_color", "crop_color_transform"],
  kv_store: ["local", "dist_sync", "dist_async"],
  dtype: ["float32", "float16", "bfloat16"],
};

/** The rules over several values; each gives a path where it is broken. */
export const RULES = [
  [(c) => c.mini_batch_size <= c.num_training_samples, "mini_batch_size"],
  [(c) => c.warmup_epochs < c.epochs, "warmup_epochs"],
  [(c) => c.min_epochs <= c.epochs, "min_epochs"],
  [(c) => c.crop_height <= c.resize && c.crop_width <= c.resize, "crop_height"],
  [(c) => c.lr_minimum <= c.learning_rate, "lr_minimum"],
];

/** Whether all rules hold. */
export function holds(values) {
  return RULES.every(([rule]) => rule(values));
}
