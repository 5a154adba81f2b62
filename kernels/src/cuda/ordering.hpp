// What a block does with a list: sort it, and keep those entries that no kept one before them rules out.
// Numbers are whole, so that every order of threads gives the same.
#pragma once

#include <cstdint>

#include "combining.hpp"
#include "vision_kernels/block.hpp"
#include "vision_kernels/formulas/detection.hpp"

namespace vision_kernels {

/// Stands behind all keys.
constexpr std::uint64_t no_key = ~std::uint64_t{0};

struct SmallerKey {
    VISION_KERNELS_DEVICE std::uint64_t operator()(std::uint64_t a, std::uint64_t b) const { return a < b ? a : b; }
};

/// Keys that are sorted in the memory of a block at a time.
constexpr std::int64_t keys_of_tile = 2048;

struct KeyTile {
    std::uint64_t keys[keys_of_tile];
};

/// Room for keys that are to be sorted: the next power of two.
VISION_KERNELS_HOST_DEVICE std::int64_t room_for_keys(std::int64_t size) {
    std::int64_t room = 1;
    while (room < size) room *= 2;
    return room;
}

/// One pass of a bitonic sort over pairs that lie `distance` apart. Runs of `width` keys rise and fall by turns, counted
/// from the start of the list, in which these keys are those from `first` on.
template <class Block>
VISION_KERNELS_DEVICE void exchange_keys(Block& block, std::uint64_t* keys, std::int64_t size, std::int64_t distance,
                                         std::int64_t width, std::int64_t first) {
    block.threads([&](int thread) {
        for (std::int64_t pair = thread; pair < size / 2; pair += block.thread_count()) {
            const std::int64_t low = 2 * pair - (pair & (distance - 1));
            const std::uint64_t a = keys[low];
            const std::uint64_t b = keys[low + distance];
            const bool rises = ((first + low) & width) == 0;
            if ((a > b) != rises) continue;
            keys[low] = b;
            keys[low + distance] = a;
        }
    });
}

/// All passes over pairs within a tile, for runs from `from_width` to `to_width` keys.
template <class Block>
VISION_KERNELS_DEVICE void sort_tile(Block& block, std::uint64_t* keys, std::int64_t size, std::int64_t from_width,
                                     std::int64_t to_width, std::int64_t first) {
    std::uint64_t* const tile = block.template shared<KeyTile>().keys;
    block.threads([&](int thread) {
        for (std::int64_t i = thread; i < size; i += block.thread_count()) tile[i] = keys[first + i];
    });
    for (std::int64_t width = from_width; width <= to_width; width *= 2) {
        for (std::int64_t distance = (width < size ? width : size) / 2; distance > 0; distance /= 2) {
            exchange_keys(block, tile, size, distance, width, first);
        }
    }
    block.threads([&](int thread) {
        for (std::int64_t i = thread; i < size; i += block.thread_count()) keys[first + i] = tile[i];
    });
}

/// Sort keys, whose number is a power of two. K. E. Batcher, Sorting Networks and Their Applications (1968).
template <class Block>
VISION_KERNELS_DEVICE void sort_keys(Block& block, std::uint64_t* keys, std::int64_t size) {
    const std::int64_t tile = size < keys_of_tile ? size : keys_of_tile;
    for (std::int64_t first = 0; first < size; first += tile) sort_tile(block, keys, tile, 2, tile, first);
    for (std::int64_t width = 2 * tile; width <= size; width *= 2) {
        for (std::int64_t distance = width / 2; distance >= tile; distance /= 2) {
            exchange_keys(block, keys, size, distance, width, 0);
        }
        for (std::int64_t first = 0; first < size; first += tile) sort_tile(block, keys, tile, width, width, first);
    }
}

struct KeyCount {
    std::int32_t count;
};

/// Sort the keys of the numbers from 0 to size - 1, but for those of which `key_of(number)` is no_key; these are left out
/// before, as there may be many. All others must differ. Returns how many there are; `keys` has room for all.
template <class Block, class KeyOf>
VISION_KERNELS_DEVICE std::int64_t sort_keys_of(Block& block, std::uint64_t* keys, std::int64_t size, KeyOf key_of) {
    KeyCount& found = block.template shared<KeyCount>();
    block.threads([&](int thread) {
        if (thread == 0) found.count = 0;
    });
    block.threads([&](int thread) {
        for (std::int64_t i = thread; i < size; i += block.thread_count()) {
            const std::uint64_t key = key_of(i);
            // Which thread comes first does not matter: they are sorted yet.
            if (key != no_key) keys[atomic_next(&found.count)] = key;
        }
    });
    const std::int64_t count = found.count;
    const std::int64_t room = room_for_keys(count);
    block.threads([&](int thread) {
        for (std::int64_t i = count + thread; i < room; i += block.thread_count()) keys[i] = no_key;
    });
    sort_keys(block, keys, room);
    return count;
}

/// Entries of a list that are decided at a time.
constexpr int entries_of_chunk = 64;

struct DecidedChunk {
    /// The entries of the chunk that rule out this one if they are kept, by slices.
    std::uint64_t rivals[threads_of_order];
    /// Whether a kept entry before the chunk rules out this one, by slices of the kept ones.
    bool ruled_out[threads_of_order];
    std::uint64_t kept;
    std::int64_t count;
};

/// Go through a list and keep each entry unless a kept one before it rules it out. Returns how many are kept; their
/// numbers are left in `kept`. `conflict(earlier, later)` tells of two entries, `dropped(entry)` is told of the others.
template <class Block, class Conflict, class Dropped>
VISION_KERNELS_DEVICE std::int64_t keep_in_order(
    Block& block, std::int64_t count, std::int32_t* kept, Conflict conflict, Dropped dropped) {
    DecidedChunk& chunk = block.template shared<DecidedChunk>();
    std::int64_t kept_count = 0;
    for (std::int64_t first = 0; first < count; first += entries_of_chunk) {
        const int size = static_cast<int>(count - first < entries_of_chunk ? count - first : entries_of_chunk);
        block.threads([&](int thread) {
            const int entry = thread % entries_of_chunk;
            const int slices = block.thread_count() / entries_of_chunk;
            bool out = false;
            for (std::int64_t i = thread / entries_of_chunk; entry < size && !out && i < kept_count; i += slices) {
                out = conflict(static_cast<std::int64_t>(kept[i]), first + entry);
            }
            std::uint64_t rivals = 0;
            for (int other = thread / entries_of_chunk; entry < size && !out && other < entry; other += slices) {
                if (conflict(first + other, first + entry)) rivals |= std::uint64_t{1} << other;
            }
            chunk.ruled_out[thread] = out;
            chunk.rivals[thread] = rivals;
        });
        block.threads([&](int thread) {
            if (thread >= entries_of_chunk) return;
            for (int slice = thread + entries_of_chunk; slice < block.thread_count(); slice += entries_of_chunk) {
                chunk.ruled_out[thread] |= chunk.ruled_out[slice];
                chunk.rivals[thread] |= chunk.rivals[slice];
            }
        });
        block.threads([&](int thread) {
            if (thread != 0) return;
            std::uint64_t stays = 0;
            chunk.count = kept_count;
            for (int entry = 0; entry < size; ++entry) {
                if (chunk.ruled_out[entry] || (chunk.rivals[entry] & stays) != 0) continue;
                stays |= std::uint64_t{1} << entry;
                kept[chunk.count++] = static_cast<std::int32_t>(first + entry);
            }
            chunk.kept = stays;
        });
        kept_count = chunk.count;
        block.threads([&](int thread) {
            if (thread < size && (chunk.kept >> thread & 1) == 0) dropped(first + thread);
        });
    }
    return kept_count;
}

}  // namespace vision_kernels
