// Part of every library that `knobsmith generate` writes; do not edit.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "text.hpp"

/// Regular expressions as tables. A search takes time in proportion to the text and neither stack nor heap.
namespace vision_kernels::patterns {

struct Span {
    char32_t first;
    char32_t last;
};

enum class Step : std::uint8_t { eats, passes, at_start, at_end };

/// A state eats a code point of its spans and goes on, or goes on without. `begin` and `end` are places in the tables.
struct State {
    Step step;
    std::uint32_t spans_begin;
    std::uint32_t spans_end;
    std::uint32_t leads_begin;
    std::uint32_t leads_end;
};

/// State 0 is the last one: who reaches it has found a match.
template <std::size_t States, std::size_t Spans, std::size_t Leads>
struct Pattern {
    std::uint32_t first;
    std::array<State, States> states;
    std::array<Span, Spans> spans;
    std::array<std::uint32_t, Leads> leads;
};

/// The states in which a search is, each once.
template <std::size_t States>
struct Reached {
    std::array<std::uint32_t, States> order{};
    std::array<bool, States> is_in{};
    std::size_t count = 0;

    void add(std::uint32_t state) noexcept {
        if (is_in[state]) return;
        is_in[state] = true;
        order[count++] = state;
    }
    void clear() noexcept {
        for (std::size_t at = 0; at < count; ++at) is_in[order[at]] = false;
        count = 0;
    }
};

/// Adds what is reached without eating; states that are added are visited in turn.
template <class Table, std::size_t States>
void spread(const Table& pattern, Reached<States>& reached, bool at_start, bool at_end) noexcept {
    for (std::size_t at = 0; at < reached.count; ++at) {
        const State& state = pattern.states[reached.order[at]];
        const bool passes = state.step == Step::passes || (state.step == Step::at_start && at_start) ||
                            (state.step == Step::at_end && at_end);
        if (!passes) continue;
        for (std::uint32_t lead = state.leads_begin; lead < state.leads_end; ++lead) reached.add(pattern.leads[lead]);
    }
}

/// Whether a pattern matches somewhere in a valid text.
template <std::size_t States, std::size_t Spans, std::size_t Leads>
bool found(const Pattern<States, Spans, Leads>& pattern, std::string_view text) noexcept {
    std::array<Reached<States>, 2> sets;
    Reached<States>* now = &sets[0];
    Reached<States>* next = &sets[1];
    now->add(pattern.first);
    spread(pattern, *now, true, text.empty());
    for (std::size_t at = 0; at < text.size() && !now->is_in[0];) {
        const text::CodePoint code = text::code_point(text, at);
        at += code.size == 0 ? 1 : code.size;
        for (std::size_t place = 0; place < now->count; ++place) {
            const State& state = pattern.states[now->order[place]];
            if (state.step != Step::eats) continue;
            for (std::uint32_t span = state.spans_begin; span < state.spans_end; ++span) {
                if (code.value < pattern.spans[span].first || code.value > pattern.spans[span].last) continue;
                next->add(pattern.leads[state.leads_begin]);
            }
        }
        next->add(pattern.first);
        spread(pattern, *next, false, at == text.size());
        now->clear();
        std::swap(now, next);
    }
    return now->is_in[0];
}

}  // namespace vision_kernels::patterns
