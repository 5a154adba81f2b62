// What one would write by hand for speed: straight on, with the strict grammar, true or false and nothing more.
const INTEGER = /^-?(?:0|[1-9][0-9]{0,15})$/;
const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

function integer(text) {
  if (!INTEGER.test(text)) return NaN;
  const value = +text;
  return Number.isSafeInteger(value) ? value : NaN;
}

function number(text) {
  return text.length <= 64 && NUMBER.test(text) ? +text : NaN;
}

function boolean(text) {
  return text === "true" ? true : text === "false" ? false : undefined;
}

/** The values of a configuration of which every key is given; undefined if it is not valid. */
export function byHand(texts) {
  let count = 0;
  for (const _key in texts) count++;
  if (count !== 38) return undefined;
  const num_classes = integer(texts.num_classes);
  if (!(num_classes >= 1)) return undefined;
  const num_training_samples = integer(texts.num_training_samples);
  if (!(num_training_samples >= 1)) return undefined;
  const epochs = integer(texts.epochs);
  if (!(epochs >= 1)) return undefined;
  const mini_batch_size = integer(texts.mini_batch_size);
  if (!(mini_batch_size >= 1)) return undefined;
  const num_layers = integer(texts.num_layers);
  if (!(num_layers >= 1 && num_layers <= 200)) return undefined;
  const warmup_epochs = integer(texts.warmup_epochs);
  if (!(warmup_epochs >= 0)) return undefined;
  const patience = integer(texts.patience);
  if (!(patience >= 1)) return undefined;
  const min_epochs = integer(texts.min_epochs);
  if (!(min_epochs >= 1)) return undefined;
  const crop_height = integer(texts.crop_height);
  if (!(crop_height >= 1 && crop_height <= 4096)) return undefined;
  const crop_width = integer(texts.crop_width);
  if (!(crop_width >= 1 && crop_width <= 4096)) return undefined;
  const resize = integer(texts.resize);
  if (!(resize >= 1 && resize <= 4096)) return undefined;
  const seed = integer(texts.seed);
  if (!(seed >= 0)) return undefined;
  const workers = integer(texts.workers);
  if (!(workers >= 0 && workers <= 256)) return undefined;
  const checkpoint_frequency = integer(texts.checkpoint_frequency);
  if (!(checkpoint_frequency >= 1)) return undefined;
  const learning_rate = number(texts.learning_rate);
  if (!(learning_rate > 0 && learning_rate <= 1)) return undefined;
  const momentum = number(texts.momentum);
  if (!(momentum >= 0 && momentum < 1)) return undefined;
  const weight_decay = number(texts.weight_decay);
  if (!(weight_decay >= 0 && weight_decay <= 1)) return undefined;
  const beta_1 = number(texts.beta_1);
  if (!(beta_1 >= 0 && beta_1 < 1)) return undefined;
  const beta_2 = number(texts.beta_2);
  if (!(beta_2 >= 0 && beta_2 < 1)) return undefined;
  const eps = number(texts.eps);
  if (!(eps > 0 && eps <= 1)) return undefined;
  const gamma = number(texts.gamma);
  if (!(gamma >= 0 && gamma <= 1)) return undefined;
  const dropout = number(texts.dropout);
  if (!(dropout >= 0 && dropout < 1)) return undefined;
  const label_smoothing = number(texts.label_smoothing);
  if (!(label_smoothing >= 0 && label_smoothing < 1)) return undefined;
  const mixup_alpha = number(texts.mixup_alpha);
  if (!(mixup_alpha >= 0 && mixup_alpha <= 10)) return undefined;
  const lr_factor = number(texts.lr_factor);
  if (!(lr_factor > 0 && lr_factor < 1)) return undefined;
  const lr_minimum = number(texts.lr_minimum);
  if (!(lr_minimum >= 0 && lr_minimum <= 1)) return undefined;
  const tolerance = number(texts.tolerance);
  if (!(tolerance >= 0 && tolerance <= 1)) return undefined;
  const gradient_clip = number(texts.gradient_clip);
  if (!(gradient_clip > 0 && gradient_clip <= 1000)) return undefined;
  const use_pretrained = boolean(texts.use_pretrained);
  if (use_pretrained === undefined) return undefined;
  const multi_label = boolean(texts.multi_label);
  if (multi_label === undefined) return undefined;
  const weighted_loss = boolean(texts.weighted_loss);
  if (weighted_loss === undefined) return undefined;
  const early_stopping = boolean(texts.early_stopping);
  if (early_stopping === undefined) return undefined;
  const mixed_precision = boolean(texts.mixed_precision);
  if (mixed_precision === undefined) return undefined;
  const { optimizer } = texts;
  if (optimizer !== "sgd" && optimizer !== "adam" && optimizer !== "rmsprop" && optimizer !== "nag") return undefined;
  const { scheduler } = texts;
  if (scheduler !== "constant" && scheduler !== "step" && scheduler !== "cosine") return undefined;
  const { augmentation } = texts;
  if (augmentation !== "none" && augmentation !== "crop" && augmentation !== "crop_color" && augmentation !== "crop_color_transform") return undefined;
  const { kv_store } = texts;
  if (kv_store !== "local" && kv_store !== "dist_sync" && kv_store !== "dist_async") return undefined;
  const { dtype } = texts;
  if (dtype !== "float32" && dtype !== "float16" && dtype !== "bfloat16") return undefined;
  if (mini_batch_size > num_training_samples || warmup_epochs >= epochs || min_epochs > epochs) return undefined;
  if (crop_height > resize || crop_width > resize || lr_minimum > learning_rate) return undefined;
  return {
    num_classes,
    num_training_samples,
    epochs,
    mini_batch_size,
    num_layers,
    warmup_epochs,
    patience,
    min_epochs,
    crop_height,
    crop_width,
    resize,
    seed,
    workers,
    checkpoint_frequency,
    learning_rate,
    momentum,
    weight_decay,
    beta_1,
    beta_2,
    eps,
    gamma,
    dropout,
    label_smoothing,
    mixup_alpha,
    lr_factor,
    lr_minimum,
    tolerance,
    gradient_clip,
    use_pretrained,
    multi_label,
    weighted_loss,
    early_stopping,
    mixed_precision,
    optimizer,
    scheduler,
    augmentation,
    kv_store,
    dtype,
  };
}
