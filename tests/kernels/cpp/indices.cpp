// Tensors of more than 2^31 elements. Only their sizes are real: no work is done on elements.
#include <atomic>
#include <cstdint>
#include <vector>

#include "checking.hpp"
#include "cpu/pieces.hpp"
#include "cuda/update.hpp"
#include "steps/arrays.hpp"

namespace {

using namespace vision_kernels;
using Arrays = InPlaceArrays<float>;

constexpr std::int64_t large = (std::int64_t{1} << 31) + 12345;
const std::vector<Arrays> tensors{{nullptr, 7}, {nullptr, large}, {nullptr, 0}, {nullptr, 2 * large}, {nullptr, 1}};

std::int64_t total() {
    std::int64_t sum = 0;
    for (const Arrays& tensor : tensors) sum += tensor.size;
    return sum;
}

/// Parts follow each other in each tensor, and end where it ends.
class Parts {
public:
    void add(std::size_t tensor, std::int64_t from, std::int64_t size) {
        CHECK(size > 0 && from == reached_[tensor]);
        reached_[tensor] = from + size;
    }

    void check() const {
        for (std::size_t tensor = 0; tensor < tensors.size(); ++tensor) CHECK(reached_[tensor] == tensors[tensor].size);
    }

private:
    std::vector<std::int64_t> reached_ = std::vector<std::int64_t>(tensors.size(), 0);
};

void check_pieces_of_the_cpu() {
    set_thread_count(1);
    Parts parts;
    cpu::for_pieces(tensors, [&](std::size_t tensor, std::int64_t from, std::int64_t size) { parts.add(tensor, from, size); });
    parts.check();
    set_thread_count(3);
    std::atomic<std::int64_t> sum{0};
    cpu::for_pieces(tensors, [&](std::size_t, std::int64_t, std::int64_t size) { sum += size; });
    CHECK(sum == total());
}

void check_chunks_of_the_device() {
    Parts parts;
    int lists = 0;
    for_lists(tensors, update_chunk, [&](const TensorList<Arrays>& list, std::size_t first) {
        ++lists;
        const std::vector<int> threads{0};
        Block block(0, 1, threads);
        list.for_chunks(block, update_chunk, [&](int tensor, std::int64_t from, std::int64_t size) {
            parts.add(first + static_cast<std::size_t>(tensor), from, size);
        });
    });
    CHECK(lists == 1);
    parts.check();
}

/// The blocks of a launch share the chunks among them.
void check_blocks_share() {
    std::int64_t sum = 0;
    for_lists(tensors, update_chunk, [&](const TensorList<Arrays>& list, std::size_t) {
        const std::vector<int> threads{0};
        for (std::int64_t index = 0; index < 7; ++index) {
            Block block(index, 7, threads);
            list.for_chunks(block, update_chunk, [&](int, std::int64_t, std::int64_t size) { sum += size; });
        }
    });
    CHECK(sum == total());
}

}  // namespace

int main() {
    check_pieces_of_the_cpu();
    check_chunks_of_the_device();
    check_blocks_share();
    return checking::done();
}
