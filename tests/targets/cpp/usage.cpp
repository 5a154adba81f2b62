// The library as a trainer uses it. Exits with the number of the line that is wrong.

#include <cstdio>
#include <cstdlib>
#include <map>
#include <new>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <vision_hyperparameters/image_classification.hpp>
#include <vision_hyperparameters/object_detection.hpp>

namespace {

long allocations = 0;

void expect(bool holds, int line) {
    if (holds) return;
    std::printf("line %d\n", line);
    std::exit(1);
}

}  // namespace

// Not inlined, so that the compiler does not take malloc for something that `delete` must not see.
__attribute__((noinline)) void* operator new(std::size_t size) {
    ++allocations;
    return std::malloc(size);
}
__attribute__((noinline)) void operator delete(void* memory) noexcept { std::free(memory); }
__attribute__((noinline)) void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

static_assert(!std::is_assignable_v<vision_hyperparameters::Setting<std::int64_t>&, double>);
static_assert(!std::is_assignable_v<vision_hyperparameters::Setting<bool>&, const char*>);

#define EXPECT(condition) expect(condition, __LINE__)

namespace detection = vision_hyperparameters::object_detection;
namespace classification = vision_hyperparameters::image_classification;

int main() {
    {
        const std::map<std::string, std::string> config{
            {"num_classes", "20"}, {"num_training_samples", "5000"}, {"lr_scheduler_step", "3,6"}, {"kv_store", "dist_sync"}};
        const std::vector<std::pair<std::string_view, std::string_view>> known{{"instance_count", "2"}};
        const long before = allocations;
        const auto verdict = detection::parse_wire(config, known);
        EXPECT(verdict.valid());
        EXPECT(verdict.parameters.lr_scheduler_step.value.size() == 2);
        EXPECT(verdict.context.instance_count.value == 2);
        EXPECT(allocations == before);
    }
    {
        detection::Hyperparameters hyperparameters;
        EXPECT(hyperparameters.optimizer.value() == detection::Optimizer::sgd);
        EXPECT(!hyperparameters.optimizer.is_given());
        EXPECT(!hyperparameters.num_classes.has_value());
        hyperparameters.num_classes = 20;
        hyperparameters.num_training_samples = 5000;
        hyperparameters.optimizer = detection::Optimizer::adam;
        hyperparameters.momentum = 0.5;
        hyperparameters.lr_scheduler_step = {3, 6};
        const long before = allocations;
        const auto verdict = detection::validate(hyperparameters);
        EXPECT(verdict.valid());
        EXPECT(verdict.findings.size() == 1);
        EXPECT(verdict.findings[0].code == "ignored");
        EXPECT(verdict.findings[0].parameter == "momentum");
        EXPECT(verdict.parameters.momentum.reason() == vision_hyperparameters::Reason::ignored);
        EXPECT(allocations == before);
        const auto wire = detection::to_wire(hyperparameters);
        EXPECT(wire.has_value());
        EXPECT(wire->size() == 5);
        EXPECT((*wire)[2].first == "optimizer" && (*wire)[2].second == "adam");
        hyperparameters.momentum = 2.0;
        EXPECT(!detection::to_wire(hyperparameters).has_value());
        hyperparameters.optimizer = static_cast<detection::Optimizer>(99);
        EXPECT(detection::validate(hyperparameters).findings[0].code == "type");
    }
    {
        std::map<std::string, std::string> config{{"num_classes", "3"}, {"num_training_samples", "9"}};
        config["image_shape"] = "3,224,224";
        EXPECT(classification::parse_wire(config, {{"instance_count", "2"}}).context.instance_count.value == 2);
        const auto settings = classification::parse_wire(config).given();
        config.clear();
        EXPECT(settings.num_classes.value() == 3);
        EXPECT(settings.image_shape.value()[2] == 224);
        EXPECT(!settings.learning_rate.is_given() && settings.learning_rate.value() == 0.1);
    }
    {
        const std::string_view config = R"({"num_classes": 20, "num_training_samples": 5000, "lr_scheduler_step": [1, 2, 3, 4,
            5, 6, 7, 8], "optimizer": "adam", "momentum": 0.5, "freeze_layer_pattern": "^a_text_that_is_not_short_at_all"})";
        const long before = allocations;
        const auto verdict = detection::parse_json(config, R"({"instance_count": 2})");
        EXPECT(verdict.valid());
        EXPECT(verdict.findings.size() == 1);
        EXPECT(allocations == before);
        // What does not fit in place is counted on the page about the client: a list of more than eight items.
        const std::map<std::string, std::string> longer{
            {"num_classes", "20"}, {"num_training_samples", "5000"}, {"lr_scheduler_step", "1,2,3,4,5,6,7,8,9"}};
        const long before_longer = allocations;
        EXPECT(detection::parse_wire(longer).valid());
        EXPECT(allocations == before_longer + 1);
    }
    {
        const auto copied = [] {
            const auto verdict = detection::parse_json(R"({"num_classes": 2, "freeze_layer_pattern": "\u0061\n"})");
            return verdict;
        }();
        EXPECT(copied.parameters.freeze_layer_pattern.value == "a\n");
        EXPECT(!copied.valid());
        EXPECT(copied.findings[0].message() == "`num_training_samples`: it has no value, and needs one");
    }
    return 0;
}
