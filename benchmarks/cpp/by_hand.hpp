#pragma once
// What one would write by hand for speed: straight on, with the strict grammar, true or false and nothing more.

#include <charconv>
#include <cmath>
#include <cstdint>
#include <string_view>

namespace by_hand {

inline bool is_digit(char character) { return character >= '0' && character <= '9'; }

inline bool integer(std::string_view text, std::int64_t& value) {
    const bool is_negative = !text.empty() && text[0] == '-';
    const std::string_view digits = text.substr(is_negative ? 1 : 0);
    if (digits.empty() || digits.size() > 16 || (digits[0] == '0' && digits.size() > 1)) return false;
    value = 0;
    for (const char digit : digits) {
        if (!is_digit(digit)) return false;
        value = value * 10 + (digit - '0');
    }
    if (value > 9007199254740991) return false;
    if (is_negative) value = -value;
    return true;
}

inline bool number(std::string_view text, double& value) {
    const char* at = text.data();
    const char* const end = at + text.size();
    if (text.size() > 64 || text.empty()) return false;
    if (*at == '-') ++at;
    if (at == end || !is_digit(*at)) return false;
    if (*at == '0') {
        ++at;
    } else {
        while (at != end && is_digit(*at)) ++at;
    }
    if (at != end && *at == '.') {
        if (++at == end || !is_digit(*at)) return false;
        while (at != end && is_digit(*at)) ++at;
    }
    if (at != end && (*at == 'e' || *at == 'E')) {
        ++at;
        if (at != end && (*at == '+' || *at == '-')) ++at;
        if (at == end || !is_digit(*at)) return false;
        while (at != end && is_digit(*at)) ++at;
    }
    if (at != end) return false;
    return std::from_chars(text.data(), end, value).ec == std::errc() && std::isfinite(value);
}

inline bool boolean(std::string_view text, bool& value) {
    value = text == "true";
    return value || text == "false";
}
enum class Optimizer { sgd, adam, rmsprop, nag };
enum class Scheduler { constant, step, cosine };
enum class Augmentation { none, crop, crop_color, crop_color_transform };
enum class KvStore { local, dist_sync, dist_async };
enum class Dtype { float32, float16, bfloat16 };

struct Values {
    std::int64_t num_classes = 0;
    std::int64_t num_training_samples = 0;
    std::int64_t epochs = 0;
    std::int64_t mini_batch_size = 0;
    std::int64_t num_layers = 0;
    std::int64_t warmup_epochs = 0;
    std::int64_t patience = 0;
    std::int64_t min_epochs = 0;
    std::int64_t crop_height = 0;
    std::int64_t crop_width = 0;
    std::int64_t resize = 0;
    std::int64_t seed = 0;
    std::int64_t workers = 0;
    std::int64_t checkpoint_frequency = 0;
    double learning_rate = 0;
    double momentum = 0;
    double weight_decay = 0;
    double beta_1 = 0;
    double beta_2 = 0;
    double eps = 0;
    double gamma = 0;
    double dropout = 0;
    double label_smoothing = 0;
    double mixup_alpha = 0;
    double lr_factor = 0;
    double lr_minimum = 0;
    double tolerance = 0;
    double gradient_clip = 0;
    bool use_pretrained = false;
    bool multi_label = false;
    bool weighted_loss = false;
    bool early_stopping = false;
    bool mixed_precision = false;
    Optimizer optimizer = Optimizer::sgd;
    Scheduler scheduler = Scheduler::constant;
    Augmentation augmentation = Augmentation::none;
    KvStore kv_store = KvStore::local;
    Dtype dtype = Dtype::float32;
};

inline bool choice(std::string_view text, Optimizer& value) {
    if (text == "sgd") return value = Optimizer::sgd, true;
    if (text == "adam") return value = Optimizer::adam, true;
    if (text == "rmsprop") return value = Optimizer::rmsprop, true;
    if (text == "nag") return value = Optimizer::nag, true;
    return false;
}

inline bool choice(std::string_view text, Scheduler& value) {
    if (text == "constant") return value = Scheduler::constant, true;
    if (text == "step") return value = Scheduler::step, true;
    if (text == "cosine") return value = Scheduler::cosine, true;
    return false;
}

inline bool choice(std::string_view text, Augmentation& value) {
    if (text == "none") return value = Augmentation::none, true;
    if (text == "crop") return value = Augmentation::crop, true;
    if (text == "crop_color") return value = Augmentation::crop_color, true;
    if (text == "crop_color_transform") return value = Augmentation::crop_color_transform, true;
    return false;
}

inline bool choice(std::string_view text, KvStore& value) {
    if (text == "local") return value = KvStore::local, true;
    if (text == "dist_sync") return value = KvStore::dist_sync, true;
    if (text == "dist_async") return value = KvStore::dist_async, true;
    return false;
}

inline bool choice(std::string_view text, Dtype& value) {
    if (text == "float32") return value = Dtype::float32, true;
    if (text == "float16") return value = Dtype::float16, true;
    if (text == "bfloat16") return value = Dtype::bfloat16, true;
    return false;
}

/// Reads one member; `bit` says which.
inline bool read(std::string_view key, std::string_view text, Values& v, unsigned& bit) {
    switch (key.size()) {
        case 3:
            if (key == "eps") return bit = 19, number(text, v.eps) && v.eps > 0 && v.eps <= 1;
            break;
        case 4:
            if (key == "seed") return bit = 11, integer(text, v.seed) && v.seed >= 0;
            break;
        case 5:
            if (key == "gamma") return bit = 20, number(text, v.gamma) && v.gamma >= 0 && v.gamma <= 1;
            if (key == "dtype") return bit = 37, choice(text, v.dtype);
            break;
        case 6:
            if (key == "epochs") return bit = 2, integer(text, v.epochs) && v.epochs >= 1;
            if (key == "resize") return bit = 10, integer(text, v.resize) && v.resize >= 1 && v.resize <= 4096;
            if (key == "beta_1") return bit = 17, number(text, v.beta_1) && v.beta_1 >= 0 && v.beta_1 < 1;
            if (key == "beta_2") return bit = 18, number(text, v.beta_2) && v.beta_2 >= 0 && v.beta_2 < 1;
            break;
        case 7:
            if (key == "workers") return bit = 12, integer(text, v.workers) && v.workers >= 0 && v.workers <= 256;
            if (key == "dropout") return bit = 21, number(text, v.dropout) && v.dropout >= 0 && v.dropout < 1;
            break;
        case 8:
            if (key == "patience") return bit = 6, integer(text, v.patience) && v.patience >= 1;
            if (key == "momentum") return bit = 15, number(text, v.momentum) && v.momentum >= 0 && v.momentum < 1;
            if (key == "kv_store") return bit = 36, choice(text, v.kv_store);
            break;
        case 9:
            if (key == "lr_factor") return bit = 24, number(text, v.lr_factor) && v.lr_factor > 0 && v.lr_factor < 1;
            if (key == "tolerance") return bit = 26, number(text, v.tolerance) && v.tolerance >= 0 && v.tolerance <= 1;
            if (key == "optimizer") return bit = 33, choice(text, v.optimizer);
            if (key == "scheduler") return bit = 34, choice(text, v.scheduler);
            break;
        case 10:
            if (key == "num_layers") return bit = 4, integer(text, v.num_layers) && v.num_layers >= 1 && v.num_layers <= 200;
            if (key == "min_epochs") return bit = 7, integer(text, v.min_epochs) && v.min_epochs >= 1;
            if (key == "crop_width") return bit = 9, integer(text, v.crop_width) && v.crop_width >= 1 && v.crop_width <= 4096;
            if (key == "lr_minimum") return bit = 25, number(text, v.lr_minimum) && v.lr_minimum >= 0 && v.lr_minimum <= 1;
            break;
        case 11:
            if (key == "num_classes") return bit = 0, integer(text, v.num_classes) && v.num_classes >= 1;
            if (key == "crop_height") return bit = 8, integer(text, v.crop_height) && v.crop_height >= 1 && v.crop_height <= 4096;
            if (key == "mixup_alpha") return bit = 23, number(text, v.mixup_alpha) && v.mixup_alpha >= 0 && v.mixup_alpha <= 10;
            if (key == "multi_label") return bit = 29, boolean(text, v.multi_label);
            break;
        case 12:
            if (key == "weight_decay") return bit = 16, number(text, v.weight_decay) && v.weight_decay >= 0 && v.weight_decay <= 1;
            if (key == "augmentation") return bit = 35, choice(text, v.augmentation);
            break;
        case 13:
            if (key == "warmup_epochs") return bit = 5, integer(text, v.warmup_epochs) && v.warmup_epochs >= 0;
            if (key == "learning_rate") return bit = 14, number(text, v.learning_rate) && v.learning_rate > 0 && v.learning_rate <= 1;
            if (key == "gradient_clip") return bit = 27, number(text, v.gradient_clip) && v.gradient_clip > 0 && v.gradient_clip <= 1000;
            if (key == "weighted_loss") return bit = 30, boolean(text, v.weighted_loss);
            break;
        case 14:
            if (key == "use_pretrained") return bit = 28, boolean(text, v.use_pretrained);
            if (key == "early_stopping") return bit = 31, boolean(text, v.early_stopping);
            break;
        case 15:
            if (key == "mini_batch_size") return bit = 3, integer(text, v.mini_batch_size) && v.mini_batch_size >= 1;
            if (key == "label_smoothing") return bit = 22, number(text, v.label_smoothing) && v.label_smoothing >= 0 && v.label_smoothing < 1;
            if (key == "mixed_precision") return bit = 32, boolean(text, v.mixed_precision);
            break;
        case 20:
            if (key == "num_training_samples") return bit = 1, integer(text, v.num_training_samples) && v.num_training_samples >= 1;
            if (key == "checkpoint_frequency") return bit = 13, integer(text, v.checkpoint_frequency) && v.checkpoint_frequency >= 1;
            break;
        default: break;
    }
    return false;
}

/// Reads a configuration of which every key is given; false if it is not valid.
template <class Config>
bool parse(const Config& config, Values& v) {
    std::uint64_t seen = 0;
    for (const auto& [key, text] : config) {
        unsigned bit = 0;
        if (!read(key, text, v, bit)) return false;
        seen |= std::uint64_t{1} << bit;
    }
    if (seen != (std::uint64_t{1} << 38) - 1) return false;
    if (v.mini_batch_size > v.num_training_samples || v.warmup_epochs >= v.epochs || v.min_epochs > v.epochs) return false;
    return v.crop_height <= v.resize && v.crop_width <= v.resize && v.lr_minimum <= v.learning_rate;
}

}  // namespace by_hand
