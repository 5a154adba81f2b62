// `measure ROUNDS MILLISECONDS` prints as JSON, for each contender, the seconds of one configuration, a figure a round.

#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <string>
#include <vector>

#include <wide/wide.hpp>

#include "by_hand.hpp"

namespace {

using Config = std::map<std::string, std::string>;

Config config(int number) {
    return {{"num_classes", std::to_string(10 + number)}, {"num_training_samples", std::to_string(50000 + number)},
            {"epochs", "90"}, {"mini_batch_size", "128"}, {"num_layers", "50"}, {"warmup_epochs", "5"}, {"patience", "4"},
            {"min_epochs", "10"}, {"crop_height", "224"}, {"crop_width", "224"}, {"resize", "256"},
            {"seed", std::to_string(1234 + number)}, {"workers", "8"}, {"checkpoint_frequency", "5"},
            {"learning_rate", "0.0" + std::to_string(500 + number)}, {"momentum", "0.9"}, {"weight_decay", "0.0001"},
            {"beta_1", "0.9"}, {"beta_2", "0.999"}, {"eps", "1e-8"}, {"gamma", "0.9"}, {"dropout", "0.25"},
            {"label_smoothing", "0.1"}, {"mixup_alpha", "0.2"}, {"lr_factor", "0.1"}, {"lr_minimum", "0.00001"},
            {"tolerance", "0.001"}, {"gradient_clip", "5.5"}, {"use_pretrained", "true"}, {"multi_label", "false"},
            {"weighted_loss", "false"}, {"early_stopping", "true"}, {"mixed_precision", number % 2 == 0 ? "true" : "false"},
            {"optimizer", "sgd"}, {"scheduler", "cosine"}, {"augmentation", "crop_color"}, {"kv_store", "dist_sync"},
            {"dtype", "float16"}};
}

bool ours(const Config& config) { return wide::wide::parse_wire(config).valid(); }

bool hand(const Config& config) {
    by_hand::Values values;
    return by_hand::parse(config, values);
}

using Judge = bool (*)(const Config&);

double seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double timed(Judge judge, const std::vector<Config>& configs, double at_least) {
    const double start = seconds();
    long count = 0;
    long valid = 0;
    do {
        for (const Config& one : configs) valid += judge(one) ? 1 : 0;
        count += static_cast<long>(configs.size());
    } while (seconds() - start < at_least);
    if (valid != count) std::exit(2);
    return (seconds() - start) / static_cast<double>(count);
}

const std::array<std::array<const char*, 2>, 14> bad{{
    {"epochs", "90.0"}, {"epochs", "0"}, {"epochs", "9007199254740992"}, {"learning_rate", ".5"}, {"learning_rate", ""},
    {"learning_rate", "1e400"}, {"momentum", "1"}, {"optimizer", "adamw"}, {"multi_label", "1"}, {"warmup_epochs", "90"},
    {"mini_batch_size", "60000"}, {"lr_minimum", "0.9"}, {"resize", "100"}, {"unknown", "1"},
}};

}  // namespace

int main(int count, char** arguments) {
    if (count != 3) return 1;
    const std::array<const char*, 2> names{"ours", "by hand"};
    const std::array<Judge, 2> contenders{ours, hand};
    std::vector<Config> configs;
    for (int number = 0; number < 64; ++number) configs.push_back(config(number));
    for (const Judge judge : contenders) {
        for (const auto& [key, text] : bad) {
            Config one = config(0);
            one[key] = text;
            if (judge(one)) return 3;
        }
    }
    const double milliseconds = std::atof(arguments[2]);
    std::array<std::vector<double>, 2> found;
    for (int round = -2; round < std::atoi(arguments[1]); ++round) {
        for (std::size_t place = 0; place < contenders.size(); ++place) {
            const double one = timed(contenders[place], configs, milliseconds / 1000);
            if (round >= 0) found[place].push_back(one);
        }
    }
    std::printf("{");
    for (std::size_t place = 0; place < names.size(); ++place) {
        std::printf("%s\"%s\": [", place > 0 ? ", " : "", names[place]);
        for (std::size_t at = 0; at < found[place].size(); ++at) std::printf("%s%.3e", at > 0 ? ", " : "", found[place][at]);
        std::printf("]");
    }
    std::printf("}\n");
    return 0;
}
