#include "kit/http/reach.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <memory>

namespace http {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

struct Network {
    std::uint32_t address;
    int bits;
};

// This network, private, shared by providers, this machine, link-local, for protocols, documentation, 6to4
// relays, benchmarks, multicast, reserved.
constexpr Network special_networks[] = {
    {0x00000000, 8},
    {0x0A000000, 8},
    {0x64400000, 10},
    {0x7F000000, 8},
    {0xA9FE0000, 16},
    {0xAC100000, 12},
    {0xC0000000, 24},
    {0xC0000200, 24},
    {0xC0586300, 24},
    {0xC0A80000, 16},
    {0xC6120000, 15},
    {0xC6336400, 24},
    {0xCB007100, 24},
    {0xE0000000, 4},
    {0xF0000000, 4},
};

bool is_public(std::uint32_t address)
{
    for (const auto& network : special_networks)
        if ((address ^ network.address) >> (32 - network.bits) == 0)
            return false;
    return true;
}

bool is_public(const std::array<std::uint8_t, 16>& address)
{
    const auto first = static_cast<unsigned>(address[0]) << 8U | address[1];
    const auto second = static_cast<unsigned>(address[2]) << 8U | address[3];
    bool is_mapped = address[10] == 0xFF && address[11] == 0xFF;
    for (std::size_t index = 0; index < 10; ++index)
        is_mapped = is_mapped && address[index] == 0;
    if (is_mapped)  // ::ffff:192.0.2.7
        return is_public(
            static_cast<std::uint32_t>(address[12]) << 24U | static_cast<std::uint32_t>(address[13]) << 16U |
            static_cast<std::uint32_t>(address[14]) << 8U | address[15]
        );
    if (first >> 13U != 1)  // 2000::/3 is all that has been given out
        return false;
    const bool is_for_protocols = first == 0x2001 && second < 0x0200;
    const bool is_for_documentation =
        (first == 0x2001 && second == 0x0DB8) || (first == 0x3FFF && second < 0x1000);
    const bool is_6to4 = first == 0x2002;  // carries any IPv4 address, private ones too
    return !is_for_protocols && !is_for_documentation && !is_6to4;
}

struct AddressCleanup {
    void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};

std::string numeric(const addrinfo& found)
{
    char text[NI_MAXHOST] = {};
    const int failed =
        ::getnameinfo(found.ai_addr, found.ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST);
    return failed == 0 ? text : std::string();
}

}  // namespace

bool is_public_address(std::string_view address)
{
    const std::string text(address);
    in_addr four{};
    if (::inet_pton(AF_INET, text.c_str(), &four) == 1)
        return is_public(static_cast<std::uint32_t>(ntohl(four.s_addr)));
    std::array<std::uint8_t, 16> six{};
    return ::inet_pton(AF_INET6, text.c_str(), six.data()) == 1 && is_public(six);
}

Result<> check_public(const Url& url)
{
    std::string host = url.host;
    if (host.starts_with('[') && host.ends_with(']'))
        host = host.substr(1, host.size() - 2);
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    if (::getaddrinfo(host.c_str(), nullptr, &hints, &list) != 0)
        return fail(ErrorKind::invalid, "http.unknown_host", "nobody knows the host " + host);
    const std::unique_ptr<addrinfo, AddressCleanup> kept(list);
    for (const addrinfo* found = list; found != nullptr; found = found->ai_next)
        if (!is_public_address(numeric(*found)))
            return fail(ErrorKind::invalid, "http.private_address", host + " is not on the public internet");
    return base::Done{};
}

}  // namespace http
