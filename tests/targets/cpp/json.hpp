#pragma once
// A reader of JSON for the tests: strict enough for lines that our own Python writes.

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

struct Json {
    enum Kind { null, boolean, number, text, list, object } kind = null;
    bool truth = false;
    bool is_whole = false;
    double value = 0;
    std::string string;
    std::string raw;
    std::vector<Json> items;
    std::vector<std::pair<std::string, Json>> members;

    const Json& operator[](const char* key) const {
        static const Json nothing;
        for (const auto& [name, member] : members) {
            if (name == key) return member;
        }
        return nothing;
    }
};

class JsonText {
public:
    explicit JsonText(const std::string& text) : at_(text.c_str()) {}

    Json read() {
        skip();
        Json json;
        const char* start = at_;
        switch (*at_) {
            case '{': read_object(json); break;
            case '[': read_list(json); break;
            case '"':
                json.kind = Json::text;
                json.string = read_string();
                break;
            case 't':
            case 'f':
                json.kind = Json::boolean;
                json.truth = *at_ == 't';
                at_ += json.truth ? 4 : 5;
                break;
            case 'n': at_ += 4; break;
            default: read_number(json);
        }
        json.raw.assign(start, at_);
        skip();
        return json;
    }

private:
    void skip() {
        while (*at_ == ' ' || *at_ == '\n') ++at_;
    }

    void read_number(Json& json) {
        json.kind = Json::number;
        const char* start = at_;
        char* end = nullptr;
        json.value = std::strtod(start, &end);  // NaN and Infinity too, as Python writes them
        if (end == start) std::abort();
        at_ = end;
        json.is_whole = std::string(start, static_cast<const char*>(end)).find_first_of(".eEnN") == std::string::npos;
    }

    void read_list(Json& json) {
        json.kind = Json::list;
        ++at_;
        skip();
        while (*at_ != ']') {
            json.items.push_back(read());
            if (*at_ == ',') ++at_;
        }
        ++at_;
    }

    void read_object(Json& json) {
        json.kind = Json::object;
        ++at_;
        skip();
        while (*at_ != '}') {
            skip();
            std::string key = read_string();
            skip();
            ++at_;
            json.members.emplace_back(std::move(key), read());
            if (*at_ == ',') ++at_;
        }
        ++at_;
    }

    unsigned read_unit() {
        const unsigned code = static_cast<unsigned>(std::strtoul(std::string(at_, 4).c_str(), nullptr, 16));
        at_ += 4;
        return code;
    }

    // Half a surrogate pair is kept as three bytes, which are no UTF-8.
    std::string read_string() {
        std::string text;
        for (++at_; *at_ != '"'; ++at_) {
            if (*at_ != '\\') {
                text += *at_;
                continue;
            }
            ++at_;
            switch (*at_) {
                case 'n': text += '\n'; break;
                case 't': text += '\t'; break;
                case 'r': text += '\r'; break;
                case 'b': text += '\b'; break;
                case 'f': text += '\f'; break;
                case 'u': read_escape(text); break;
                default: text += *at_;
            }
        }
        ++at_;
        return text;
    }

    void read_escape(std::string& text) {
        ++at_;
        unsigned code = read_unit();
        if (code >= 0xD800 && code < 0xDC00 && at_[0] == '\\' && at_[1] == 'u') {
            const char* before = at_;
            at_ += 2;
            const unsigned low = read_unit();
            if (low >= 0xDC00 && low < 0xE000) {
                code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
            } else {
                at_ = before;
            }
        }
        --at_;
        const auto add = [&](unsigned byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
        if (code < 0x80) {
            add(code);
        } else if (code < 0x800) {
            add(0xC0U | (code >> 6U));
            add(0x80U | (code & 0x3FU));
        } else if (code < 0x10000) {
            add(0xE0U | (code >> 12U));
            add(0x80U | ((code >> 6U) & 0x3FU));
            add(0x80U | (code & 0x3FU));
        } else {
            add(0xF0U | (code >> 18U));
            add(0x80U | ((code >> 12U) & 0x3FU));
            add(0x80U | ((code >> 6U) & 0x3FU));
            add(0x80U | (code & 0x3FU));
        }
    }

    const char* at_;
};
