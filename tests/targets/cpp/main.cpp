// Requests on standard input, answers on standard output, a line each.

#include <cstdio>
#include <iostream>
#include <string>

#include "json.hpp"

std::string dispatch(const Json& request);

int main() {
    std::ios::sync_with_stdio(false);
    for (std::string line; std::getline(std::cin, line);) std::cout << dispatch(JsonText(line).read()) << '\n';
    return 0;
}
